"""Which accounts are the council's staff, and in which roles.

Owns granting and revoking roles. Must not know what each role may do: features that have pages for
staff decide that.
"""
