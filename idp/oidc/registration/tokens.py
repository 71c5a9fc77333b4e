"""The tokens that registrations are asked with (RFC 7591 §3, RFC 7592 §2)."""

from math import ceil
from typing import TYPE_CHECKING, Final

from django.http import HttpRequest
from django.utils import timezone

from accounts.limits.operations import hit
from accounts.limits.rules import network_of
from accounts.limits.table import REGISTRATION_REFUSED, Limit
from accounts.security import keyed_hash
from accounts.security.tokens import TOKEN_LENGTH
from clients.applications.credentials.operations import PURPOSE as SECRET_PURPOSE
from clients.applications.queries import live_secrets
from clients.initial_access import queries
from clients.initial_access.operations import REGISTRATION_PURPOSE
from clients.initial_access.rules import over
from clients.models import Application
from idp.oidc.errors import ErrorCode, ProtocolError
from idp.oidc.registration.refusals import bad_token, no_token, of_member

if TYPE_CHECKING:
    from clients.initial_access.queries import Counted

_LONGEST: Final = 2 * TOKEN_LENGTH


def initial_access(request: HttpRequest) -> "Counted":
    """Return the initial access token that the request presents, while it is good.

    Raises:
        ProtocolError: 401, with a challenge.
    """
    token = queries.presented(_bearer(request))
    if token is None:
        raise _counted(bad_token(detail="initial_token_unknown"), request)
    if reason := over(queries.standing(token, used=token.used), now=timezone.now()):
        raise bad_token(detail=reason)
    return token


def registration_access(request: HttpRequest, client_id: str) -> tuple[Application, str]:
    """Return the application of this id, with its organisation, and its token as presented.

    Raises:
        ProtocolError: 401, with a challenge; whether there is such an application is not told.
    """
    token = _bearer(request)
    hashes = keyed_hash.candidates(REGISTRATION_PURPOSE, token)
    rows = Application.objects.select_related("organisation")
    # RFC 7592 §3: a token is for one client alone.
    found = rows.filter(registration_token_hash__in=hashes, client_id=client_id).first()
    if found is None:
        raise _counted(bad_token(detail="registration_token_unknown"), request)
    return found, token


def check_secret(application: Application, secret: str) -> None:
    """Refuse an update that names another secret than the application's (RFC 7592 §2.2).

    Raises:
        ProtocolError: invalid_client_metadata.
    """
    hashes = keyed_hash.candidates(SECRET_PURPOSE, secret)
    live = live_secrets(application, now=timezone.now())
    if secret and not live.filter(secret_hash__in=hashes).exists():
        words = "The client_secret is not the application's: leave it out, or repeat it."
        detail, section = "secret_of_another", "RFC 7592 §2.2"
        raise of_member(SECRET_PURPOSE, words, detail=detail, section=section)


def check_within(limit: Limit, key: str) -> None:
    """Count one use of a good token.

    Raises:
        ProtocolError: 429; it was used too often.
    """
    verdict = hit(limit, key)
    if not verdict.allowed:
        raise _too_often(ceil(verdict.wait.total_seconds()), detail=f"limited_{limit.name}")


def _bearer(request: HttpRequest) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise no_token()
    token = token.strip()
    if len(token) > _LONGEST or not token.isascii():
        raise _counted(bad_token(detail="token_malformed"), request)
    return token


def _counted(refusal: ProtocolError, request: HttpRequest) -> ProtocolError:
    """Return the refusal, or "try later" once this network failed too often."""
    verdict = hit(REGISTRATION_REFUSED, network_of(request.META.get("REMOTE_ADDR", "")))
    if verdict.allowed:
        return refusal
    seconds = ceil(verdict.wait.total_seconds())
    return _too_often(seconds, detail=f"limited_{refusal.detail}")


def _too_often(seconds: int, *, detail: str) -> ProtocolError:
    return ProtocolError(
        ErrorCode.TEMPORARILY_UNAVAILABLE,
        "Too many requests. Wait for as long as Retry-After says.",
        detail=detail,
        status=429,
        headers={"Retry-After": str(seconds)},
        section="RFC 7591 §5",
    )
