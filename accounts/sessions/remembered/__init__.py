"""Browsers whose owners asked not to be asked for a second step there.

Owns the rows and the cookie. Must not know when a second step is asked for.
"""
