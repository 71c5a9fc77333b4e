"""Events that an application fetches (RFC 8936): what it is handed, and what it says of it.

Owns the order in which they are handed out, and that each is until it was acknowledged. Must not
know what a request looks like.
"""
