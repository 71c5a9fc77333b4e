"""How our protected resources take an access token, and refuse one (RFC 6750, RFC 9449 §7)."""

from dataclasses import dataclass, field
from typing import Final

from django.http import HttpRequest

from clients.models import Application
from idp.oidc import confirmation
from idp.oidc.confirmation import Confirmation, Scheme
from idp.oidc.dpop.proof import ALGORITHMS
from idp.oidc.errors import ErrorCode, ProtocolError

ERRORS: Final = "RFC 6750 §3.1"
_SCHEMES: Final = {scheme.lower(): scheme for scheme in Scheme}
_ALGORITHMS: Final = f', algs="{" ".join(ALGORITHMS)}"'


@dataclass(frozen=True)
class Shown:
    """An access token as it was presented, nothing of it checked, for what is in this realm."""

    token: str = field(repr=False)
    realm: str
    scheme: Scheme = Scheme.BEARER

    def challenged(self, error: ProtocolError, more: str = "") -> ProtocolError:
        """Return the refusal with the challenge of RFC 6750 §3 or RFC 9449 §7.1."""
        return _challenged(error, self.realm, self.scheme, more)


def shown_in(request: HttpRequest, *, realm: str, posted: str = "") -> Shown:
    """Return the token of the Authorization header, or `posted` where a form held it instead.

    Raises:
        ProtocolError: 401; there is none, or by a scheme that is not known here.
    """
    if posted:
        return Shown(posted, realm)
    name, _, token = request.headers.get("Authorization", "").partition(" ")
    scheme = _SCHEMES.get(name.lower())
    if scheme is None or not token.strip():
        raise _unauthenticated(realm, detail="wrong_scheme" if name and not scheme else "no_token")
    return Shown(token.strip(), realm, scheme)


def check_holder(
    request: HttpRequest, shown: Shown, cnf: Confirmation, application: Application
) -> None:
    """Refuse a token that somebody shows who does not prove to hold the key it is bound to.

    The last of all checks: the proof is used up by it.

    Raises:
        ProtocolError: 401 with a challenge (RFC 9449 §7.1).
    """
    try:
        confirmation.check_holder(
            request,
            token=shown.token,
            scheme=shown.scheme,
            confirmation=cnf,
            application=application,
        )
    except ProtocolError as error:
        raise _challenged(error, shown.realm, confirmation.token_type(cnf)) from error


def _unauthenticated(realm: str, *, detail: str) -> ProtocolError:
    # RFC 6750 §3.1: without a token the challenge names no error. RFC 9449 §7.2: it names both.
    either = f'Bearer realm="{realm}", DPoP realm="{realm}"{_ALGORITHMS}'
    return ProtocolError(
        ErrorCode.INVALID_TOKEN,
        "Send an access token in the Authorization header.",
        detail=detail,
        status=401,
        headers={"WWW-Authenticate": either},
        section=ERRORS,
    )


def _challenged(error: ProtocolError, realm: str, scheme: Scheme, more: str = "") -> ProtocolError:
    named = f'error="{error.code}", error_description="{error.description}"'
    algorithms = _ALGORITHMS if scheme is Scheme.DPOP else ""
    error.headers["WWW-Authenticate"] = f'{scheme} realm="{realm}", {named}{more}{algorithms}'
    return error
