"""The step of a sign-in at which a frozen account is unfrozen.

Owns the page alone. Must not know what freezing ends, nor how strongly one must have signed in.
"""
