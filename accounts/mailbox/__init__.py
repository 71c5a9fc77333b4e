"""Showing that one reads a mailbox, by typing a mailed code, and how many accounts may share one.

Owns the code's field, the tries that it allows and the room that an address has left. Must not know
what is confirmed by it.
"""
