"""The pages of an application's credentials: its secrets and its public keys.

Owns showing a secret once, and looking at what a partner's server answers as its keys. Must not
know the token endpoint, which checks both.
"""
