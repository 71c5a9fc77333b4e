"""The authorization endpoint (RFC 6749 §4.1.1, OIDC Core §3.1.2).

Reads a request and checks it once, stores it, decides the next step each time the browser comes
back, and answers. Steps never lead to one another: each returns to /authorize/continue. Must not
know how a resident signs in, nor what the sharing page shows.
"""
