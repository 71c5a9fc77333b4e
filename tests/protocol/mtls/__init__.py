"""RFC 8705: applications that come with a certificate, and tokens that are bound to one."""
