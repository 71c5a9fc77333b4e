"""How an application proves who it is: by a secret, or by keys of its own.

Owns going from one to the other. Must not know who asks, nor what a partner's server answers.
"""
