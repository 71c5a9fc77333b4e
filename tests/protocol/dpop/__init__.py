"""Tokens bound to a key by DPoP (RFC 9449)."""
