"""The device authorization grant (RFC 8628): a device asks for a code, its owner types it here.

Owns the endpoint where devices ask, the pages where codes are typed and confirmed, and the limits
on guessing them. From the confirmed code on a device's request is one like any other, in
`idp/oidc/authorize/`. Must not know how the device gets its tokens: `idp/oidc/device_codes.py`.
"""
