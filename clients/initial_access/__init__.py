"""Initial access tokens: what lets a program register sandbox applications by itself (RFC 7591 §3).

Owns what such a token allows, and that nobody gets more by it. Knows nothing of requests or JSON:
that is the protocol's part.
"""
