"""Requests in other forms than parameters, none of which is supported (OIDC Core §6)."""

from typing import Final

from idp.oidc.authorize.asked import Asked
from idp.oidc.errors import AuthorizationError, ErrorCode, RedirectedError

_BY_REQUEST: Final = {
    "request": ErrorCode.REQUEST_NOT_SUPPORTED,
    "request_uri": ErrorCode.REQUEST_URI_NOT_SUPPORTED,
    "registration": ErrorCode.REGISTRATION_NOT_SUPPORTED,
}


def check_request_object(asked: Asked) -> AuthorizationError | None:
    """Refuse what would change the meaning of all the rest (OIDC Core §3.1.2.6)."""
    for name, code in _BY_REQUEST.items():
        if name in asked.parameters:
            return RedirectedError(
                code,
                f"The parameter {name} is not supported.",
                detail=f"{name}_used",
                parameter=name,
                section="OIDC Core §3.1.2.6",
            )
    return None
