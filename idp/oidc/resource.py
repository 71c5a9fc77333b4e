"""Resource indicators: which API an access token is for (RFC 8707).

Without one it is for this provider, that is for userinfo. The issuer itself stands for the same.
"""

from django.conf import settings
from django.db.models import Exists

from clients.models import Application
from clients.resources import queries
from clients.resources.queries import may_call
from idp.oidc.errors import ErrorCode, ProtocolError

PARAMETER = "resource"


class InvalidTargetError(Exception):
    """The application gets no token for what it named: `public` says why."""

    def __init__(self, public: str, *, detail: str) -> None:
        super().__init__(detail)
        self.public = public
        self.detail = detail


def asked(application: Application, named: str | None) -> str:
    """Return the resource that an authorization is to be for, empty for this provider.

    Raises:
        InvalidTargetError: it is several, or none that the application may call.
    """
    if named in (None, settings.ISSUER):
        return ""
    # Several are joined by a space, which no URI holds.
    if " " in named:
        words = "Name one resource at a time."
        raise InvalidTargetError(words, detail="several_resources")
    if "#" in named or not may_call(application, named):
        # One sentence: nobody learns from an error which resources exist.
        words = "The resource is none that this application may call."
        raise InvalidTargetError(words, detail="resource_not_callable")
    return named


def may_call_column() -> Exists:
    """Return whether the application may call the resource, for rows that have both columns."""
    return queries.may_call_column(application="application", identifier="resource")


def narrowed(granted: str, named: str | None, *, may_call: bool) -> str:
    """Return what an access token from a code or refresh token is for (§2.2).

    Without a name it is what the authorization was for. Every authorization also covers this
    provider itself, so that whoever asked for an API can still read userinfo. `may_call` was read
    beside what was granted.

    Raises:
        ProtocolError: invalid_target; the authorization was not for it, or the application may not
            call it any more.
    """
    if named == settings.ISSUER:
        return ""
    if named not in (None, granted):
        words = "The resource is not the one of the authorization request."
        raise invalid_target(words, detail="resource_beyond_grant")
    if granted and not may_call:
        words = "This application may not call the resource any more."
        raise invalid_target(words, detail="resource_not_callable")
    return granted


def audience(resource: str) -> str:
    """Return the `aud` of access tokens for a resource, empty for this provider."""
    return resource or settings.ISSUER


def invalid_target(public: str, *, detail: str) -> ProtocolError:
    """Return the refusal of §2 for the token endpoint."""
    return ProtocolError(
        ErrorCode.INVALID_TARGET,
        public,
        detail=detail,
        parameter=PARAMETER,
        section="RFC 8707 §2",
    )
