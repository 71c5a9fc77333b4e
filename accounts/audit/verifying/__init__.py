"""Verifying: finds what was done to the log behind our back, and says it in words.

Owns no rows and changes none; what it found is an event itself. Believes nothing in the database
but what a key outside it signed, and must not know who asks.
"""
