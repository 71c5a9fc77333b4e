"""The switch that lets residents create accounts, and what is missing before it can be turned.

Owns the list of what is missing and the turn itself. Must not know the sign-up pages, which ask
`accounts.council` whether they are open.
"""
