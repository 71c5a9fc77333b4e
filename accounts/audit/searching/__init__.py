"""Searching the log, for auditors: by whom, about whom, through what, when.

Owns no rows. Whoever searches is an event too. Must not know names, only ids.
"""
