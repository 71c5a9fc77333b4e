"""What staff do to an account for its owner: one table, one page for each act, and its record.

Owns who may do which act and how surely the caller must be known. Must not know how an act works.
"""
