"""The steps of a sign-in that meet a closed account, or one that closes soon.

Owns the two pages alone. Must not know what closing ends, nor when.
"""
