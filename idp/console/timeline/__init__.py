"""What happened to an account, in words, for staff who know whom they talk to.

Must not show a name, a whole address, a service, or anything that somebody typed.
"""
