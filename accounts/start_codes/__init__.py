"""Codes on printed sheets: somebody met our staff, and begins an account later, alone.

Owns the codes, the page on which one is typed, and what one adds to the account that is made. Must
not make accounts, nor know who of the staff may print one.
"""
