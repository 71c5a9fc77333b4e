"""Confirming the address of a sign-up, by a mailed code in the browser that asked or by a link.

Owns the sign-up until its address is confirmed. Tells only the mail's reader whether the address is
known; must not make accounts.
"""
