"""Tokens by which programs act for an organisation at the partners' API.

Owns making, showing once, ending and recognising them. Must not know what the API offers.
"""
