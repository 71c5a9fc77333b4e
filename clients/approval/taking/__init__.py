"""Making the live application of what was approved: a new one, with credentials of its own.

Must not know the page that shows its secret once.
"""
