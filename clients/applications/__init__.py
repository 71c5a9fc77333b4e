"""Applications: the OAuth clients of organisations, and their secrets.

Owns what an application may be and ask for, from creation to suspension. Knows nothing of requests,
tokens or consent: those end when the provider hears of a suspension.
"""
