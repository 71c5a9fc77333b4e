"""Residents' access tokens as presented at our own endpoints (RFC 6750, RFC 9449, RFC 9470)."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypedDict

from django.conf import settings
from django.db.models import OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.assurance import Level
from accounts.models import Account
from clients.models import Application
from idp.keys import jwt
from idp.keys import queries as keys
from idp.models import AccessToken, Consent
from idp.oidc import access_token, profile_claims, protected, standing
from idp.oidc.assurance import values_for
from idp.oidc.claims_parameter import Asked
from idp.oidc.confirmation import Confirmation
from idp.oidc.endpoint import MachineRequest
from idp.oidc.errors import ErrorCode, ProtocolError
from idp.oidc.parameters import form, query
from idp.oidc.profile_claims import Contact
from idp.oidc.protected import Shown
from idp.old_user_ids import queries as old_user_ids

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Columns(TypedDict):
        jwk: dict[str, Any] | None
        family_over: bool
        signed_out: bool
        signing_kid: str | None
        old_ids: str | None
        mail_address: str | None
        mailbox_is_shared: bool | None

    _Loaded: TypeAlias = WithAnnotations[AccessToken, _Columns]

_REALM: Final = "userinfo"


@dataclass(frozen=True)
class Presented:
    """A good access token: whose, for which application, the scopes it still has, and claims.

    `cnf` is the key that it is bound to. `contact` is how its owner is reached, with the address
    that they chose to share; `signing_kid` names the key that signs what this application is told
    of residents, if one does; `old_ids` are what it called the owner before, sealed.
    """

    shown: Shown
    cnf: Confirmation
    account: Account
    application: Application
    consent: Consent
    subject: str
    scopes: list[str]
    claims: Asked
    contact: Contact
    signing_kid: str | None
    old_ids: str | None


def authenticate(request: MachineRequest) -> Presented:
    """Return the access token that the request presents, everything it stands on read afresh.

    Raises:
        ProtocolError: with the status and challenge of RFC 6750 §3.
    """
    presented = checked(_shown(request), request)
    protected.check_holder(request, presented.shown, presented.cnf, presented.application)
    return presented


def checked(shown: Shown, request: MachineRequest, *, of: Application | None = None) -> Presented:
    """Return this access token likewise, but not whether the key it is bound to is at hand.

    `of` is whose it must be, where that is known already.

    Raises:
        ProtocolError: as for `authenticate`.
    """
    try:
        unverified = jwt.peek(shown.token, typ=jwt.Typ.ACCESS_TOKEN)
        row: _Loaded = access_token.find(unverified.claims, _rows())
        # RFC 8707 §2: one for somebody's API is of no use here.
        claims = access_token.verified(shown.token, row, audience=settings.ISSUER)
    except jwt.NotOurs as error:
        raise invalid(shown, detail=error.reason) from error
    if row.user is None or row.application is None or row.consent is None:
        raise invalid(shown, detail="token_of_no_resident")
    if of is not None and row.application_id != of.pk:
        # No word of whether it is still good.
        raise invalid(shown, detail="access_token_of_another_application")
    # Whoever brings a token that ended is told so, and its application's own page may read it.
    request.named = row.application
    presented = Presented(
        shown=shown,
        cnf=claims.get("cnf", {}),
        account=row.user,
        application=row.application,
        consent=row.consent,
        subject=claims["sub"],
        scopes=standing.still_covered(row.scope, row.consent),
        claims=row.claims,
        contact=profile_claims.read_beside(
            row.user, mail_address=row.mail_address, mailbox_is_shared=row.mailbox_is_shared
        ),
        signing_kid=row.signing_kid,
        old_ids=row.old_ids,
    )
    if reason := access_token.ended(row, now=timezone.now()):
        raise invalid(shown, detail=reason)
    _check_level(presented, acr=claims["acr"])
    return presented


def require_scope(presented: Presented, scope: str) -> None:
    """Refuse a token without this scope.

    Raises:
        ProtocolError: insufficient_scope (RFC 6750 §3.1).
    """
    if scope not in presented.scopes:
        error = ProtocolError(
            ErrorCode.INSUFFICIENT_SCOPE,
            f"The access token does not have the scope {scope}.",
            detail="insufficient_scope",
            status=403,
            section=protected.ERRORS,
        )
        raise presented.shown.challenged(error, f', scope="{scope}"')


@cache
def _rows() -> "QuerySet[_Loaded]":
    """Return the query that each request narrows to one row: building it costs more than asking.

    How the owner is reached is in it whatever the token is for: which scopes it still has stands
    in the same row, and a second statement costs more than four look-ups by index.
    """
    mailbox = OuterRef("consent__email"), OuterRef("consent__chose_email")
    return (
        access_token.rows()
        .select_related("user__phone", "user__postal_address")
        .annotate(
            signing_kid=keys.kid_column("application__userinfo_algorithm"),
            old_ids=old_user_ids.column(),
            mail_address=profile_claims.mail_address("user", *mailbox),
            mailbox_is_shared=profile_claims.mailbox_is_shared("user", *mailbox),
        )
    )


def _check_level(presented: Presented, *, acr: str) -> None:
    """Refuse a sign-in that is no longer enough, and say what would be (RFC 9470 §3)."""
    application = presented.application
    if standing.of_level(acr=acr, application=application) is None:
        return
    error = ProtocolError(
        ErrorCode.INSUFFICIENT_USER_AUTHENTICATION,
        "The resident has to sign in more strongly than for this access token.",
        detail=standing.Fallen.LEVEL_TOO_LOW,
        status=401,
        section="RFC 9470 §3",
    )
    enough = " ".join(values_for(Level(application.minimum_level)))
    raise presented.shown.challenged(error, f', acr_values="{enough}"')


def _shown(request: HttpRequest) -> Shown:
    """Return the token from the one place where it may be (RFC 6750 §2)."""
    if "access_token" in query(request):
        raise _malformed(
            public="Send the access token in the Authorization header, not in the address."
        )
    posted = ""
    if request.method == "POST" and request.content_type == "application/x-www-form-urlencoded":
        posted = form(request).get("access_token", "")
    if posted and "Authorization" in request.headers:
        raise _malformed(public="Send the access token in one place.")
    return protected.shown_in(request, realm=_REALM, posted=posted)


def handed_over(token: str) -> Shown:
    """Return a token that is no credential: whoever names it has proved who they are already."""
    return Shown(token, _REALM)


def invalid(shown: Shown, *, detail: str) -> ProtocolError:
    """Return the refusal: one sentence for all reasons, which are between the resident and us."""
    return shown.challenged(
        ProtocolError(
            ErrorCode.INVALID_TOKEN,
            "The access token is unknown, expired or ended, or for something else.",
            detail=detail,
            status=401,
            section=protected.ERRORS,
        )
    )


def _malformed(*, public: str) -> ProtocolError:
    code, section = ErrorCode.INVALID_REQUEST, "RFC 6750 §2"
    refusal = ProtocolError(code, public, detail="token_placement", section=section)
    return Shown("", _REALM).challenged(refusal)
