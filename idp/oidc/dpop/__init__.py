"""DPoP (RFC 9449): that whoever sends a request holds the key which its tokens are bound to.

Owns how a proof is read and checked, the nonces that it must hold, and that each is good once.
Must not know what tokens are given for, or what they open: those who ask for a proof do.
"""
