"""Public keys of applications: which may be registered or trusted, and why not.

Pure rules, their words, and the reading of one key. Fetches nothing and knows no signature: that is
the protocol's part.
"""
