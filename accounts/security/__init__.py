"""Building blocks without tables: hashes, encryption, random tokens, cookies, guarded requests.

Knows settings and nothing of accounts, nor of requests to us beyond the cookies it sets.
"""
