"""Where an account's owner lives: found by postcode, typed, or no fixed address.

Owns the way to plug in a council's own look-up. Must not know who is told of the address, nor that
letters go there.
"""
