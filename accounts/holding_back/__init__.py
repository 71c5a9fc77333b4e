"""Looks at an account that are kept from its owner for a while, by two people and never for good.

Owns who may agree, for how long, and which events are kept back meanwhile. Must not know pages.
What changes an account is never kept back, nor that a caller was taken for its owner: if it was
somebody else, the owner must hear of it. So no mail is ever kept back.
"""
