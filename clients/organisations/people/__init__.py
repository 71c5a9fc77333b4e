"""The pages of who looks after an organisation.

Owns the list of members, their roles, leaving and handing over. Must not know what a role lets
anybody do elsewhere.
"""
