"""Getting to know whether a caller owns the account: by a code, by a call back, at a counter.

Owns the checks that raise the tier of a help session, and who else is on the call. Must not know
what staff may do once they know.
"""
