"""Complaints about how details are used, and requests to put something right, with their clock.

Owns making one, answering it, and its owner's pages. Must not know what an answer changes: whoever
answers changes it by the verbs that are there for it.
"""
