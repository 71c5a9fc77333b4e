"""The addresses that an account is reached at: several, one of them the main one.

Owns the list, what may be added, changed and removed, and (in `changes`) how a new address is
confirmed at both ends. Must not know what else an address is used for, such as to get back in.
"""
