"""Sealing: signs what finished transactions recorded, one seal after the other.

Owns the seals and the copy of them outside the database. Never makes a writer wait. Must not know
who reads the log.
"""
