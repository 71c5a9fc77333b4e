"""Passwords: which are good enough, how they are stored, and checking one at constant cost.

Must not know pages, sign-in or sign-up: it answers with named reasons and with sentences for them.
"""
