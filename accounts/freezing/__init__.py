"""Freezing: a stop that an account's owner puts on it, and takes off by proving who they are.

Owns who may freeze and how strongly one must have signed in to unfreeze. Signs nobody in. Must not
know how a sign-in is put together, nor tokens: whoever holds such ends them at news of this.
"""
