"""Applications as a document says they shall be: configuration kept as code.

Owns the document's members, what it would change, and making it so; the same for a file of an
operator's and for the partners' API. Must not know who may change what.
"""
