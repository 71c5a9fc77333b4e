"""Verifying: finds what was done to the log behind our back, and says it in words.

Owns no rows and changes none. Believes nothing in the database but what a key outside it signed.
"""
