"""Authorization codes: issued for a request, redeemed once (RFC 6749 §4.1, RFC 7636, RFC 9700)."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypedDict

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.assurance import Level
from accounts.audit import actor
from accounts.audit.events import Event
from accounts.audit.operations import record
from accounts.models import Account
from accounts.security import keyed_hash
from accounts.security.tokens import random_token
from clients.models import Application
from idp.keys import queries as keys
from idp.models import AuthorizationRequest, Consent, Grant, Participant
from idp.oidc import issuing, optional, pkce, refusals, resource, standing, subjects, vectors
from idp.oidc.assurance import Authentication, authentication_of
from idp.oidc.basis import Basis
from idp.oidc.confirmation import JKT, Confirmation
from idp.oidc.errors import ProtocolError
from idp.old_user_ids import queries as old_user_ids
from idp.tokens.operations import end_for_family

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Columns(TypedDict):
        subject: str
        old_ids: str | None
        signing_kid: str | None
        may_call: bool

    _LoadedGrant: TypeAlias = WithAnnotations[Grant, _Columns]

_PURPOSE: Final = "authorization_code"
_WHERE: Final = {"parameter": "code", "section": "RFC 6749 §4.1.3"}
_UNKNOWN: Final = "The code is unknown, expired long ago or was issued to another application."


@dataclass(frozen=True)
class Redemption:
    """A code with the proof that it is the caller's own, and when it arrived.

    `cnf` is the key that the tokens for it will be bound to.
    """

    application: Application
    code: str = field(repr=False)
    redirect_uri: str
    verifier: str = field(repr=False)
    resource: str | None
    cnf: Confirmation
    at: datetime


@dataclass(frozen=True)
class Redeemed:
    """The token response for a code, and what bound this to its request, in one word each."""

    answer: dict[str, Any] = field(repr=False)
    protected_by: str


def issue(
    *,
    request: AuthorizationRequest,
    participant: Participant,
    consent: Consent,
    account: Account,
) -> str:
    """Return a new code for this request; only its keyed hash is stored.

    `participant` comes with its session: what that proved is kept as it is now, in the words that
    were asked for.
    """
    code = random_token()
    application, sharing = request.application, optional.to_share(request, account)
    subjects.subject_for(account, application)
    Grant.objects.create(
        code_hash=keyed_hash.digest(_PURPOSE, code),
        application=application,
        user=account,
        participant=participant,
        consent=consent,
        redirect_uri=request.redirect_uri,
        scope=" ".join(sharing.scopes),
        claims=sharing.claims,
        resource=request.resource,
        nonce=request.nonce,
        code_challenge=request.code_challenge,
        dpop_jkt=request.dpop_jkt,
        authentication=_authentication(request, participant),
        expires=timezone.now() + settings.CODE_LIFETIME,
    )
    return code


def _authentication(request: AuthorizationRequest, participant: Participant) -> Authentication:
    claims = authentication_of(
        participant.session,
        asked=request.acr_values,
        at_least=Level(request.application.minimum_level),
    )
    if request.vot_asked:
        claims["vot"], claims["vtm"] = vectors.vot(claims["acr"]), vectors.trustmark_address()
    return claims


def redeem(redemption: Redemption) -> Redeemed:
    """Return the token response for a code, which is used up by it.

    Raises:
        ProtocolError: invalid_grant or invalid_target. The code is used up only if tokens were
            issued.
    """
    with transaction.atomic():
        outcome = _redeem(redemption)
    # Raised only now: what a replay ended must stay ended.
    if isinstance(outcome, ProtocolError):
        raise outcome
    return outcome


def _redeem(redemption: Redemption) -> Redeemed | ProtocolError:
    grant = _locked(redemption.code)
    if grant is None:
        return refusals.not_theirs(public=_UNKNOWN, detail="code_unknown", **_WHERE)
    refusal = _not_theirs(grant, redemption) or _used(grant, redemption) or _over(grant, redemption)
    if refusal is not None:
        return refusal
    audience = resource.narrowed(grant.resource, redemption.resource, may_call=grant.may_call)
    now = timezone.now()
    Grant.objects.filter(pk=grant.pk).update(used_at=now)
    basis = replace(_basis(grant, redemption.application), resource=audience, cnf=redemption.cnf)
    answer = issuing.issue(basis, event=Event.TOKENS_ISSUED, now=now)
    return Redeemed(answer, _protected_by(grant))


def _protected_by(grant: Grant) -> str:
    # The verifier was right, or there would be no answer; whether it compares the nonce we cannot
    # know.
    words = {"pkce": grant.code_challenge, "nonce": grant.nonce, "dpop": grant.dpop_jkt}
    return " ".join(word for word, value in words.items() if value)


def _locked(code: str) -> "_LoadedGrant | None":
    """Load the code and all it stands on in one statement; a parallel exchange waits here."""
    try:
        return _rows().get(code_hash__in=keyed_hash.candidates(_PURPOSE, code))
    except Grant.DoesNotExist:
        return None


@cache
def _rows() -> "QuerySet[_LoadedGrant]":
    """Return the query that each request narrows to one row: building it costs more than asking."""
    rows = Grant.objects.select_for_update(of=("self",), no_key=True)
    related = rows.select_related("user", "consent", "participant__session")
    return related.annotate(
        subject=subjects.column(),
        old_ids=old_user_ids.column(),
        signing_kid=keys.kid_column("application__algorithm"),
        may_call=resource.may_call_column(),
    )


def _not_theirs(grant: "_LoadedGrant", redemption: Redemption) -> ProtocolError | None:
    if grant.application_id != redemption.application.pk:
        detail = "code_of_another_application"
        return refusals.not_theirs(public=_UNKNOWN, detail=detail, **_WHERE)
    if grant.redirect_uri != redemption.redirect_uri:
        return refusals.not_theirs(
            public="redirect_uri is not the one of the authorization request.",
            detail="wrong_redirect_uri",
            parameter="redirect_uri",
            section="RFC 6749 §4.1.3",
        )
    if not pkce.verifies(redemption.verifier, grant.code_challenge):
        return refusals.not_theirs(
            public="code_verifier does not fit the code_challenge of the authorization request.",
            detail="wrong_code_verifier",
            parameter="code_verifier",
            section="RFC 7636 §4.6",
        )
    if grant.dpop_jkt not in ("", redemption.cnf.get(JKT)):
        return refusals.not_theirs(
            public="The authorization request bound the code to another key than this one.",
            detail="wrong_dpop_key",
            parameter="dpop_jkt",
            section="RFC 9449 §10",
        )
    return None


def _used(grant: "_LoadedGrant", redemption: Redemption) -> ProtocolError | None:
    if grant.used_at is None:
        return None
    # Twins of one request come within moments, from a double click or a retry: they end nothing.
    # Later it is a stolen code, or a client that lost one (RFC 6749 §4.1.2).
    if redemption.at - grant.used_at >= settings.CODE_REUSE_GRACE:
        basis, by = _basis(grant, redemption.application), _actor(redemption)
        record(Event.CODE_REUSED, by=by, about=basis.about())
        end_for_family(family=grant.token_family, about=basis.about(), by=by)
    return refusals.over(public="The code was used before.", detail="code_used", **_WHERE)


def _over(grant: "_LoadedGrant", redemption: Redemption) -> ProtocolError | None:
    if grant.expires <= redemption.at:
        return refusals.over(public="The code expired.", detail="code_expired", **_WHERE)
    account, application = grant.user, redemption.application
    reason = (
        standing.of_agreement(
            account=account, application=application, consent=grant.consent, now=redemption.at
        )
        or standing.of_sign_in(
            session=grant.participant.session,
            account=account,
            signed_out=grant.participant.signed_out_at is not None,
            now=redemption.at,
        )
        or standing.of_level(acr=grant.authentication["acr"], application=application)
    )
    if reason is not None:
        return refusals.fallen(reason)
    return None


def _basis(grant: "_LoadedGrant", application: Application) -> Basis:
    return Basis(
        account=grant.user,
        application=application,
        consent=grant.consent,
        participant=grant.participant,
        session=grant.participant.session,
        family=grant.token_family,
        subject=grant.subject,
        old_ids=grant.old_ids,
        signing_kid=grant.signing_kid,
        scopes=standing.still_covered(grant.scope, grant.consent),
        granted=grant.scope,
        granted_resource=grant.resource,
        authentication=grant.authentication,
        claims=grant.claims,
        nonce=grant.nonce,
    )


def _actor(redemption: Redemption) -> actor.Actor:
    return actor.application(redemption.application.client_id)
