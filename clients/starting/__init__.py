"""Where partners begin: what they can do here, and the way to it.

Owns the public page and the page of a new organisation. Must not know what an organisation does
later.
"""
