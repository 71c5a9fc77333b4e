"""Refusals of malformed requests: shown to the resident, or sent to the application."""

from idp.oidc.errors import ErrorCode, RedirectedError, ShownError


def shown(public: str, detail: str, *, section: str, parameter: str = "") -> ShownError:
    """Return invalid_request for a page of ours."""
    code = ErrorCode.INVALID_REQUEST
    return ShownError(code, public, detail=detail, parameter=parameter, section=section)


def sent(public: str, detail: str, *, section: str, parameter: str) -> RedirectedError:
    """Return invalid_request for the application's redirect URI."""
    code = ErrorCode.INVALID_REQUEST
    return RedirectedError(code, public, detail=detail, parameter=parameter, section=section)
