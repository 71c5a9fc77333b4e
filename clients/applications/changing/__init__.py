"""Changing what an application is registered as; its sector, and so its subjects, never change.

Owns that every rule of a registration holds after a change too. Knows nothing of tokens: those that
must end do so when the provider hears that an application may ask for less.
"""
