"""Making an account: an address confirmed, then a name and a password or a passkey.

Owns what makes an account valid, the one way to make one (`operations.create_account`) and the page
that asks for it; `confirmation` owns the address. Must not know which service sent the resident.
"""
