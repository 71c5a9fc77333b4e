"""Showing what a rung needs: first the mailbox, by a mailed link, then whatever else is known.

Owns the pages behind that link. To a visitor it tells nothing of any account: whatever is the
account's own is told by mail, to a confirmed and safe address. Must not know what comes after the
wait.
"""
