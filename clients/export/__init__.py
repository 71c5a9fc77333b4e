"""What organisations add to the copy of everything held about an account: who is a member of which.

Owns which rows those are. Must not know how a copy is asked for, prepared or handed over.
"""
