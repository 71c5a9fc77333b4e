"""Signing in and out as one of the staff, by a key alone and without a name.

Must not know what staff may do, nor anything of residents' sign-in.
"""
