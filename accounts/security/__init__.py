"""Cryptographic building blocks without tables: keyed hashes, encryption, random tokens, cookies.

Knows settings and nothing of accounts or requests beyond the cookies it sets.
"""
