"""Showing that one reads a mailbox, by typing a mailed code, and how many accounts may share one.

Owns the code's field, the tries that it allows, the room that an address has left, who may read it
beside its account's owner, and the words on which services lose it. Must not know what is confirmed
by it.
"""
