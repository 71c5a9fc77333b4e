"""Client secrets: made here, shown once, kept as keyed hashes; two may be live at a change-over.

Knows nothing of the token endpoint, which checks them.
"""
