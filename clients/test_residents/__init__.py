"""Test residents: made-up people in several situations, whom an organisation tries services with.

Owns their rows, their passwords and the page where the organisation's developers read them. That
they and real people never meet is kept elsewhere: `accounts/sessions/made_up.py`, the sign-in's
look-ups, and `idp/oidc/apart.py`. Must not know a token or an agreement.
"""
