"""Signing in by a passkey alone, from the sign-in page.

Owns who may try and how often. Must not know how an answer is checked, nor what a key is.
"""
