"""A form that came too late: what was typed is kept until its owner has signed in again.

Owns the kept forms and the way back to their pages. Must not know any form's fields: what is never
kept is known by its name.
"""
