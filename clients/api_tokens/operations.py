"""Writes tokens of programs."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor, ActorKind
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account
from accounts.security import keyed_hash
from accounts.security.tokens import random_token
from clients.api_tokens import queries
from clients.api_tokens.rules import PREFIX, Terms, TokenProblem, problem_of
from clients.models import ApiToken, Organisation
from clients.organisations.rules import NameProblem


class TokenRefusedError(Exception):
    """A token cannot be made; `problem` names why."""

    def __init__(self, problem: NameProblem | TokenProblem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True)
class Made:
    """A new token, and its secret: shown once, kept only as a keyed hash."""

    token: ApiToken
    secret: str = field(repr=False)


@transaction.atomic
def make(*, organisation: Organisation, terms: Terms, maker: Account, by: Actor) -> Made:
    """Give the organisation one more token.

    Raises:
        TokenRefusedError: the terms are unfit, or there are too many.
    """
    now = timezone.now()
    # One at a time, so that none is made beyond the most.
    row = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    names = queries.in_use(row, now=now).values_list("name", flat=True)
    if problem := problem_of(terms, in_use=list(names)):
        raise TokenRefusedError(problem)
    secret = PREFIX + random_token()
    token = ApiToken.objects.create(
        organisation=row,
        token_hash=keyed_hash.digest(queries.PURPOSE, secret),
        name=terms.name,
        role=terms.role,
        made_by=maker,
        expires_at=now + timedelta(days=terms.days),
    )
    _record(Event.API_TOKEN_CREATED, token, by)
    return Made(token, secret)


@transaction.atomic
def revoke(*, token: ApiToken, by: Actor) -> None:
    """End the token at once."""
    rows = ApiToken.objects.filter(pk=token.pk, revoked_at=None)
    if rows.update(revoked_at=timezone.now()):
        _record(Event.API_TOKEN_REVOKED, token, by)


def used(*, token: ApiToken) -> None:
    """Note that the token is in use; once a day, so that programs wait for no write."""
    today = timezone.localdate()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)


@transaction.atomic
def keep_out(*, token: ApiToken, organisation: Organisation | None, reason: str) -> None:
    """Record that a program tried what its token does not let it do, or another's address."""
    about = About(
        organisation_id=organisation.pk if organisation else None,
        object_kind="api_token",
        object_id=str(token.pk),
        reason=reason,
    )
    record(Event.ORGANISATION_ACCESS_REFUSED, by=actor(token), about=about)


def actor(token: ApiToken) -> Actor:
    """Return a program with this token as an actor."""
    return Actor(ActorKind.API_TOKEN, str(token.pk))


def _record(event: Event, token: ApiToken, by: Actor) -> None:
    about = About(
        organisation_id=token.organisation_id,
        object_kind="api_token",
        object_id=str(token.pk),
        detail={"role": token.role},
    )
    record(event, by=by, about=about)
