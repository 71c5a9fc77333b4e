"""Security events pushed to the applications that asked for that (RFC 8935, OpenID SSF)."""
