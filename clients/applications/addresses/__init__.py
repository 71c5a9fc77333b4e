"""Addresses that an application registers: which are safe to send a browser to, and why not.

Pure rules and their words. Compares nothing with requests: that is the protocol's part, which
compares exact strings, so nothing here ever changes an address.
"""
