"""Shared signals over HTTP (OpenID SSF 1.0 §7, §8; RFC 8936): streams, their subjects, and polls.

Owns what an application sends and reads about its own stream. Must not know why an event came
about; `idp/ssf/` keeps streams and events.
"""
