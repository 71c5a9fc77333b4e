"""What an authorization request must be, check by check, one module a subject.

`table` has them in order. Until the redirect URI is known to be the application's own, an error is
shown on a page of ours; from there on it is sent back to the application (RFC 6749 §4.1.2.1).
"""
