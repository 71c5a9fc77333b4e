"""Apps that show a new code every 30 seconds (RFC 6238): adding one, and checking its codes.

Must not know sign-in, nor what a code is asked for.
"""
