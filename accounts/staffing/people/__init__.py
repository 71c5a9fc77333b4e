"""Staff accounts from the making to the leaving.

Owns the link by which somebody new adds a first key, and what ends when somebody leaves. Must not
know how a key is checked.
"""
