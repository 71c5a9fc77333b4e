"""Signing out at the wish of a service (OpenID Connect RP-Initiated Logout 1.0).

Owns the endpoint, its confirmation page, and signing out of one service alone. Must not know how
sessions are kept: it asks for one to be ended.
"""
