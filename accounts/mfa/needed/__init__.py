"""Adding a way to sign in because a service needs it, in the middle of a sign-in.

Knows the pending sign-in that it returns to as a row; must not know how one is begun or finished.
"""
