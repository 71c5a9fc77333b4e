"""Getting back in without losing the account: the ladder of `rules.py`, each rung with its wait.

Owns who may climb which rung, the wait and its mails, and the choice of new ways to sign in. Must
not know what a way to sign in holds, how a sign-in is put together, or what hangs on a session.
"""
