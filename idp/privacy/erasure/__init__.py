"""Asking services to erase what they have about somebody who closes their account.

Owns the choice and what came of it. Must not know how an account closes.
"""
