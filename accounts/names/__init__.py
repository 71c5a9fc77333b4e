"""What people and accounts may be called, and fields to type it in; how phone numbers are written.

Owns the words by which a name is found. Must not know whether somebody has a name already.
"""
