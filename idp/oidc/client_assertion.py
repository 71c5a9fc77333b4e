"""Client assertions: private_key_jwt (RFC 7521 §4.2, RFC 7523 §3, OIDC Core §9)."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.conf import settings

from clients.applications.high import rules as high_profile
from clients.models import Application
from idp.oidc import client_jwt, used_once
from idp.oidc.client_jwt import Expected, Reason, RefusedJwtError, Unverified

TYPE: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
# An assertion is made for one request, so it lives minutes; one more for clocks that differ.
_LONGEST_LIFE: Final = timedelta(minutes=6)
_TYPES: Final = ("", "jwt", "client-authentication+jwt")
_REQUIRED: Final = ("iss", "sub", "aud", "exp", "jti")


def read(assertion: str) -> tuple[str, Unverified]:
    """Return the client_id that an assertion names, and what else it says, nothing checked.

    Raises:
        RefusedJwtError: it is no JWT, or names nobody.
    """
    jwt = client_jwt.read(assertion)
    client_id = jwt.claims.get("sub", "")
    if not isinstance(client_id, str):
        raise RefusedJwtError(Reason.CLAIM_MALFORMED)
    return client_id, jwt


def check_content(jwt: Unverified, client_id: str) -> None:
    """Refuse what is an assertion for no application here, whatever its signature.

    Raises:
        RefusedJwtError: for the first reason found.
    """
    client_jwt.check_content(jwt, client_id, _expected(Application.Profile.STANDARD))
    if not isinstance(jwt.claims["jti"], str) or not jwt.claims["jti"]:
        raise RefusedJwtError(Reason.CLAIM_MALFORMED)
    # RFC 9101 §10.8: a request object passes through browsers, and is signed by the same key.
    if "response_type" in jwt.claims:
        raise RefusedJwtError(Reason.TYP)


def verify(jwt: Unverified, application: Application) -> dict[str, Any]:
    """Return the claims of the application's own assertion, which may have been used before.

    Raises:
        RefusedJwtError: anything is wrong with it.
    """
    expected = _expected(application.profile, algorithm=application.assertion_algorithm)
    return client_jwt.verify(jwt, application, expected)


def use_up(claims: Mapping[str, Any], application: Application) -> None:
    """Let a verified assertion be good no more (RFC 7523 §3, item 7).

    Raises:
        UsedBeforeError: it was used; of twenty requests at once, one goes on.
    """
    expires_at = datetime.fromtimestamp(claims["exp"], UTC)
    used_once.use_up(application=application, jti=claims["jti"], expires_at=expires_at)


def _expected(profile: str, *, algorithm: str = "") -> Expected:
    high = profile == Application.Profile.HIGH
    # RFC 9126 §2; FAPI 2.0 Security Profile §5.3.2.1: the issuer, as a single text.
    endpoints = () if high else (f"{settings.ISSUER}/token", f"{settings.ISSUER}/par")
    return Expected(
        types=_TYPES,
        audiences=(settings.ISSUER, *endpoints),
        algorithm=algorithm,
        # §5.4.1.
        algorithms=high_profile.ALGORITHMS if high else client_jwt.ALGORITHMS,
        one_audience=high,
        about_itself=True,
        longest_life=_LONGEST_LIFE,
        required=_REQUIRED,
    )
