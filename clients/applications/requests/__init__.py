"""In which form an application's requests must or may come: with PKCE, pushed, signed.

Owns which of it may be registered. Must not know how a request is read.
"""
