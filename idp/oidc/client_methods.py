"""Which methods of client authentication we take (OIDC Core §9, RFC 8705 §2)."""

from typing import Final

from django.conf import settings

from clients.applications.certificates import rules as certificates
from clients.models import Application

_METHODS: Final = (
    Application.AuthMethod.SECRET_BASIC,
    Application.AuthMethod.SECRET_POST,
    Application.AuthMethod.PRIVATE_KEY_JWT,
    Application.AuthMethod.NONE,
)


def taken(*, confidential: bool = False) -> list[str]:
    """Return the methods that we take, or those of them that prove something."""
    offered = [*_METHODS, *(certificates.METHODS if settings.MTLS_ADDRESS else ())]
    return [str(one) for one in offered if not confidential or one != Application.AuthMethod.NONE]
