"""A recovery that takes time: begun, told of at its start, middle and end, paused, ended.

Owns the rows and their mails. Must not know the pages on which somebody shows what a rung needs,
nor what becomes of the account once the wait is over.
"""
