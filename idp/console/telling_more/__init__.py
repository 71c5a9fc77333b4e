"""What a caller tells once a case is open: another code, or whom it is about.

Owns what may be added to a case. Must not make a caller better known: whoever types an address, or
reads out a code, shows nothing by it.
"""
