"""Looking for a person by name: for whom it is open, on which ground, and what is found.

Owns the search and its limits. Finding an account proves nothing of who stands at the counter:
must not raise how surely the caller is known.
"""
