"""Who looks after an organisation's applications, and what each may do.

Owns roles and the door of every page of an organisation. Must not know the pages themselves.
"""
