"""Purging: lets go of the oldest events, whole seals of them, and says so for ever.

Owns the tombstones. Must not let go of what it cannot vouch for, or of anything younger than the
settings keep.
"""
