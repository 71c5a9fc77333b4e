"""What is to be done at once when a client secret may be in the wrong hands.

Owns ending it with everything that it opened, counting whom that may have touched, and the case
for the council. Must not know how a new secret is made.
"""
