"""Telling support leads and auditors that one of the staff looks people up more than work needs.

Owns what is told and to whom. Must not say whom somebody looked for: that is in the log alone.
"""
