"""Protected resources: the APIs that access tokens can be for, who calls and who serves them.

Owns creating them and saying which applications may ask for tokens for one, or about them. Knows no
token.
"""
