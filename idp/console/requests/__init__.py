"""What needs a second person: asked for in a help session, decided by somebody else, then done.

Must not know how the first person came to know the caller.
"""
