"""The passkeys and security keys of staff, the only way in that they have.

Owns the first one, which a mailed link lets in, and that the last one stays. Must not know roles.
"""
