"""Whether somebody whom the council's directory vouches for may sign in as one of the staff now.

Owns what a directory that says no, or nothing, means. Must not know how it is asked, nor roles.
"""
