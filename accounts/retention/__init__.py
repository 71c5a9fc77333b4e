"""What is held about people, column by column: what for, until when, what becomes of it at closing.

Owns the vocabulary in which each app declares its tables (its package `held`), and everything that
is done from those declarations alone: the nightly purge, the emptying of a closed account, the
record of processing. Must not know any table by name.
"""
