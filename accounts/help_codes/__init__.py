"""Short codes that let staff see what happened on a page or in a mail, never to whom.

Owns the code on every page, its trail of the last steps, and the code of each mail. Must not know
accounts or sessions: a trail holds names of pages and named reasons only.
"""
