"""Signing keys: made, published, put to use, retired and revoked; and the JWTs they sign.

Owns the key rows and every private key in memory. Must not know what a token means: it signs claims
it is given and says whether a JWT is one of ours.
"""
