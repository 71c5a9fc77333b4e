"""Exporting: the log as JSON lines, with the seals that prove it.

Owns no rows. Hands out whole seals, because part of one proves nothing. Must not know whom for.
"""
