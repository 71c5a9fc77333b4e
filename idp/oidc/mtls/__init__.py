"""Mutual TLS: the certificate that a request came with, and what it shows (RFC 8705).

Owns whether it is the calling application's. Must not know how it reached us: `idp.web_servers`
says whose word is taken for that.
"""
