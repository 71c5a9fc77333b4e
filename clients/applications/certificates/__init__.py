"""The certificate that an application comes with (RFC 8705): what may be registered of it.

Owns which subjects may be named, and whether a certificate has one. Must not know how a certificate
reaches us, nor whether anybody vouches for it.
"""
