"""The end of the wait: showing it all once more, and choosing new ways to sign in.

Owns what a recovery changes in the account and what it ends. Must not know how the wait began, nor
how further ways are added after the new password.
"""
