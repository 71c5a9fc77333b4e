"""Public keys of applications: which may be registered or trusted, and why not.

Owns the rules, their words, and the reading of one key. Fetches nothing and knows nothing of
signatures: that is the protocol's part.
"""
