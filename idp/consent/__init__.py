"""What residents agreed to share with a service.

Owns consents: whether one covers a request, granting, refusing, withdrawing. Must not know how a
request came in, how it is answered, or how the sharing page looks: `idp/oidc/sharing/` calls it.
"""
