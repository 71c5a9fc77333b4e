"""What applications are told: each message a row, tried until it was taken or its time is up.

Owns the queue of logout tokens, when one is tried again, and what came of it. Must not know why a
session ended.
"""
