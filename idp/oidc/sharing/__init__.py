"""The sharing page: who asks, what for, which values; share, refuse, or be somebody else.

A step of the authorization endpoint: it records the answer as a consent and goes back to where the
next step is decided. Must not know how a request is answered, but for a refusal.
"""
