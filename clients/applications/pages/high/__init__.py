"""Making an application of the high profile: which profile, how it proves itself, the rest.

Owns the three pages and what they ask. Must not know the rules of the profile: they judge what the
pages gathered, as they judge what commands and programs send.
"""
