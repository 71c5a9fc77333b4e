"""The page of somebody whom a service asks for a way to sign in that they do not have.

Knows the sign-in that it returns to as a row; must not know how one is begun or finished.
"""
