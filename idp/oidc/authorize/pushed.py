"""A pushed request that a browser opens by its request_uri (RFC 9126 §4)."""

from collections.abc import Mapping
from typing import Final

from accounts.security.browser import BrowserId, is_token
from clients.models import Application
from idp.models import AuthorizationRequest
from idp.oidc.authorize import stored
from idp.oidc.errors import ErrorCode, ShownError

_URN: Final = "urn:ietf:params:oauth:request_uri:"


def request_uri(row: AuthorizationRequest) -> str:
    """Return what names the request (§2.2)."""
    return f"{_URN}{row.pk}"


def is_named(parameters: Mapping[str, str]) -> bool:
    """Say whether the request is one that was pushed: then all else in the address is ignored."""
    return parameters.get("request_uri", "").startswith(_URN)


def open_for(
    browser: BrowserId, application: Application, parameters: Mapping[str, str]
) -> AuthorizationRequest:
    """Return the request, from now on this browser's; opened again, it goes on where it was.

    Raises:
        ShownError: this application pushed none of this name.
        CannotGoOnError: it is another browser's, expired or used.
    """
    request_id = parameters["request_uri"].removeprefix(_URN)
    rows = AuthorizationRequest.objects.filter(application=application, pushed_at__isnull=False)
    rows = rows.filter(pk=request_id) if is_token(request_id) else rows.none()
    if not rows.exists():
        # One sentence: nobody learns from an error what other applications pushed.
        raise ShownError(
            ErrorCode.INVALID_REQUEST_URI,
            "The request_uri is unknown, long expired or of another application.",
            detail="pushed_request_unknown",
            parameter="request_uri",
            section="RFC 9126 §4",
        )
    stored.give(browser, rows)
    try:
        return stored.open_for(browser, request_id)
    except stored.CannotGoOnError as problem:
        if problem.fault is stored.Fault.OTHER_BROWSER:
            raise
        # Whose it is, the address says.
        raise stored.CannotGoOnError(problem.fault, application) from problem
