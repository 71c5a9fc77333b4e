"""The request trail: what an application asked at the protocol's endpoints, and how it went.

For partners who wonder why a request was refused. Owns the records and the one thread that writes
them. Must not know what a request means, and never keeps a secret, code or token.
"""
