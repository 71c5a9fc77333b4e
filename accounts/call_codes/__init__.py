"""Codes that callers read out, so that staff know to whom they talk.

Owns the codes: mailed to a confirmed address, or shown on the account's own page. Must not know
help sessions, nor what staff may do once they know.
"""
