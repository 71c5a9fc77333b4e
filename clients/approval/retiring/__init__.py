"""The end of a live application: on a day that residents are told of, with where to go instead.

Owns the date and the state. Must not know what ends with it, nor whom to tell: both are the
provider's business.
"""
