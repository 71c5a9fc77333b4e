"""What the council's staff do for an organisation: an owner anew, or the council as its second one.

Owns both. Must not know the pages or commands that ask for it.
"""
