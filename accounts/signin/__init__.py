"""Signing in: from a pending sign-in to a session and back to where it began.

Owns the pending sign-in ("flow") that sign-up and recovery pass through too. Gets what it must know
of a service as data; must not know what a service is, nor who asks for one.
"""
