"""The high profile where a request meets it: which rule of FAPI 2.0 was broken.

What every application has to keep, such as PKCE, one use of a code and `iss` in each answer, stands
where it is checked; here is what more is asked of the high profile.
"""

from collections.abc import Collection, Mapping
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
# Rule -> the reasons of refusals that mean it was broken. All others are said of any application.
_BROKEN: Final[Mapping[str, tuple[str, ...]]] = {
    GENERAL: (
        # "shall only issue sender-constrained access tokens"
        *("dpop_missing", "certificate_missing", "wrong_scheme_bearer"),
        # "shall only accept its issuer identifier value as a string in the aud claim"
        f"client_assertion_{Reason.AUDIENCE}",
        # "shall reject JWTs with an iat or nbf timestamp greater than 60 seconds in the future"
        f"client_assertion_{Reason.NOT_YET}",
        # "shall issue authorization codes with a maximum lifetime of 60 seconds"
        "code_expired",
    ),
    CODE_FLOW: (
        # "shall reject authorization requests sent without PAR"
        "not_pushed",
        # "shall require PKCE with S256 as the code challenge method"
        *("no_s256_challenge", "bad_challenge"),
        # "shall require the redirect_uri parameter in pushed authorization requests"
        "missing_redirect_uri",
        # "shall support the authorization code grant"
        *("missing_response_type", "response_type_not_code"),
        # "shall reject an authorization code if it has been previously used"
        "code_used",
    ),
    # "shall use PS256, ES256, or EdDSA", "shall not use or accept the none algorithm"
    _CRYPTOGRAPHY: tuple(
        f"client_assertion_{reason}" for reason in (Reason.ALGORITHM, Reason.UNSIGNED)
    ),
    _SIGNED_REQUESTS: ("not_signed", *(f"request_object_{reason}" for reason in Reason)),
}
_SECTIONS: Final = {reason: rule for rule, reasons in _BROKEN.items() for reason in reasons}
REASONS: Final = tuple(_SECTIONS)


class _OfRequests(TypedDict, total=False):
    algorithms: Collection[str]
    longest_span: timedelta
    required: Collection[str]


def is_high(application: Application) -> bool:
    """Say whether the application is of the high profile."""
    return application.profile == Application.Profile.HIGH


def section_broken(reason: str, application: Application | None) -> str:
    """Return the rule that a refused request broke, by the reason of the refusal.

    Empty where it is none of FAPI's, or the application is not of the high profile.
    """
    if application is None or not is_high(application):
        return ""
    return _SECTIONS.get(reason, "")


def request_rules(application: Application) -> _OfRequests:
    """Return what more is expected of a request that the application signed; nothing: no more.

    Message Signing §5.3.1: "shall require the request object to contain an nbf claim that is no
    longer than 60 minutes in the past", "an exp claim that has a lifetime of no longer than 60
    minutes after the nbf claim", and `aud`.
    """
    if not is_high(application):
        return {}
    return {"algorithms": ALGORITHMS, "longest_span": _LONGEST_SPAN, "required": ("iss", "aud")}


def may_rotate(application: Application) -> bool:
    """Say whether its refresh tokens are replaced at each use.

    §5.3.2.1: "shall not use refresh token rotation": an answer that got lost would end the access
    of an application that can show its key anyhow.
    """
    return not is_high(application)
