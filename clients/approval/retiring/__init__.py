"""The end of a live application: on a day that residents are told of, with where to go instead.

Owns the date and the state. What ends with it, and telling residents, is the provider's business.
"""
