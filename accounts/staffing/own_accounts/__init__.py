"""Which residents' accounts belong to the council's own staff, so that no colleague looks idly.

Must not know how staff look: whoever opens an account asks for itself.
"""
