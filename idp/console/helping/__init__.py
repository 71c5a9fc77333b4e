"""Helping one person: why staff look, for whom, for how long, and how surely they know the caller.

Owns the help session and the door of each page within it. Must not know what those pages do.
"""
