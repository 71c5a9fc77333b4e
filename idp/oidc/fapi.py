"""The high profile where a request meets it: which rule of FAPI 2.0 was broken.

What every application has to keep, such as PKCE, one use of a code and `iss` in each answer, stands
where it is checked; here is what more is asked of the high profile.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import Final, TypedDict

from clients.applications.high.rules import ALGORITHMS
from clients.models import Application
from idp.oidc.client_jwt import Reason

GENERAL: Final = "FAPI 2.0 Security Profile §5.3.2.1"
CODE_FLOW: Final = "FAPI 2.0 Security Profile §5.3.2.2"
_SIGNED_REQUESTS: Final = "FAPI 2.0 Message Signing §5.3.1"
_LONGEST_SPAN: Final = timedelta(minutes=60)
_CRYPTOGRAPHY: Final = "FAPI 2.0 Security Profile §5.4.1"
_OF_JWTS: Final = {
    # "shall only accept its issuer identifier value as a string in the aud claim"
    Reason.AUDIENCE: GENERAL,
    # "shall use PS256, ES256, or EdDSA", "shall not use or accept the none algorithm"
    Reason.ALGORITHM: _CRYPTOGRAPHY,
    Reason.UNSIGNED: _CRYPTOGRAPHY,
    # "shall reject JWTs with an iat or nbf timestamp greater than 60 seconds in the future"
    Reason.NOT_YET: GENERAL,
}


class _OfRequests(TypedDict, total=False):
    algorithms: Collection[str]
    longest_span: timedelta
    required: Collection[str]


def is_high(application: Application) -> bool:
    """Say whether the application is of the high profile."""
    return application.profile == Application.Profile.HIGH


def section_of(reason: Reason, application: Application) -> str:
    """Return the rule that a JWT of the application broke; empty: none of FAPI's."""
    return _OF_JWTS.get(reason, "") if is_high(application) else ""


def request_rules(application: Application) -> _OfRequests:
    """Return what more is expected of a request that the application signed; nothing: no more.

    Message Signing §5.3.1: "shall require the request object to contain an nbf claim that is no
    longer than 60 minutes in the past", "an exp claim that has a lifetime of no longer than 60
    minutes after the nbf claim", and `aud`.
    """
    if not is_high(application):
        return {}
    return {"algorithms": ALGORITHMS, "longest_span": _LONGEST_SPAN, "required": ("iss", "aud")}


def section_of_request(application: Application) -> str:
    """Return where it stands what a signed request has to be; empty: not in FAPI 2.0."""
    return _SIGNED_REQUESTS if is_high(application) else ""


def may_rotate(application: Application) -> bool:
    """Say whether its refresh tokens are replaced at each use.

    §5.3.2.1: "shall not use refresh token rotation": an answer that got lost would end the access
    of an application that can show its key anyhow.
    """
    return not is_high(application)
