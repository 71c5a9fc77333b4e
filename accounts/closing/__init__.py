"""Closing an account: a time to change one's mind, the end, and a time to take that back.

Owns when an account closes, opens again and is emptied for good. Must not know which services an
account is used with, nor what of it each table keeps.
"""
