"""Shared signals: what applications are told of accounts that they know (OpenID SSF 1.0).

Owns streams, who is left out of one, the queue of events with what came of each, and their tokens.
Must not know why something happened, nor what a request looks like: `idp/oidc/streams/` has the
endpoints.
"""
