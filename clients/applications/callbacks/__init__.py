"""Addresses of an application that are used without its asking: to sign out there, or to begin.

Owns what they may be. Must not know when they are used.
"""
