"""Applications that register themselves (RFC 7591, RFC 7592, OpenID Connect Registration).

Owns how a registration is read and told. Must not know what an application may be: those are rules
of `clients`, the same whoever registers it.

| specification | module |
|---|---|
| RFC 7591 §3, RFC 7592 §2 (endpoints) | views |
| RFC 7591 §2, OpenID Connect Registration §2 (metadata) | metadata, members |
| RFC 7591 §3.2.1, RFC 7592 §3 (what was registered) | answer |
| RFC 7591 §3.2.2, RFC 6750 §3 (refusals) | refusals |
| OpenID Connect Registration §5 (sector_identifier_uri) | sector |
"""
