"""What the access token will be for (RFC 8707 §2.1)."""

from idp.oidc import resource
from idp.oidc.authorize.asked import Asked
from idp.oidc.errors import AuthorizationError, ErrorCode, RedirectedError


def check_resource(asked: Asked) -> AuthorizationError | None:
    """Take one resource that the application may call, or none: then it is this provider."""
    try:
        asked.resource = resource.asked(asked.application, asked.parameters.get("resource"))
    except resource.InvalidTargetError as error:
        where = {"parameter": resource.PARAMETER, "section": "RFC 8707 §2"}
        code = ErrorCode.INVALID_TARGET
        return RedirectedError(code, error.public, detail=error.detail, **where)
    return None
