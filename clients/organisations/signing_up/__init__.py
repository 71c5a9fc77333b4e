"""An organisation that signs itself up.

Owns what it may call itself, and its first owner. Must not know its applications.
"""
