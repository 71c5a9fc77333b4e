"""A new sheet of codes by post, for whoever's own is nearly used up and who has no printer.

Owns who may have one and what its letter says. Must not know how a letter leaves.
"""
