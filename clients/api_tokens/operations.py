"""Writes tokens of programs."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor, ActorKind
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account
from accounts.notices.catalogue import Template
from accounts.security import keyed_hash
from accounts.security.tokens import random_token
from clients.api_tokens import queries
from clients.api_tokens.rules import PREFIX, Terms, TokenProblem, may_have, problem_of
from clients.models import ApiToken, Organisation
from clients.organisations.members.telling import tell_owners
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
    # Asked behind the lock that every change of members takes: none is made for who just left.
    maker_may = may_have(queries.role_of(maker, row), is_usable=True)
    if problem := problem_of(terms, in_use=list(names), maker_may=maker_may):
        raise TokenRefusedError(problem)
    secret = PREFIX + random_token()
    token = ApiToken.objects.create(
        organisation=row,
        token_hash=keyed_hash.digest(queries.PURPOSE, secret),
        name=terms.name,
        role=terms.role,
        acts_on_live=terms.acts_on_live,
        made_by=maker,
        expires_at=now + timedelta(days=terms.days),
    )
    _record(Event.API_TOKEN_CREATED, token, by)
    tell_owners(row, Template.API_TOKENS_CHANGED, unless=maker)
    return Made(token, secret)


@transaction.atomic
def revoke(*, token: ApiToken, by: Actor) -> None:
    """End the token at once."""
    rows = ApiToken.objects.filter(pk=token.pk, revoked_at=None)
    if rows.update(revoked_at=timezone.now()):
        _record(Event.API_TOKEN_REVOKED, token, by)


@transaction.atomic
def end_of_member(*, organisation: Organisation, account: Account, by: Actor) -> None:
    """End the account's tokens of the organisation, unless it may still have some there."""
    if not may_have(queries.role_of(account, organisation), is_usable=True):
        made = queries.made_by(account, now=timezone.now())
        _end_with_maker(made.filter(organisation=organisation), by)


@transaction.atomic
def end_of_account(*, account: Account, by: Actor) -> None:
    """End every token that the account made, and let the owners of each organisation know."""
    _end_with_maker(queries.made_by(account, now=timezone.now()), by)


def _end_with_maker(tokens: Iterable[ApiToken], by: Actor) -> None:
    touched = {}
    for token in tokens:
        revoke(token=token, by=by)
        touched[token.organisation_id] = token.organisation
    for organisation in touched.values():
        tell_owners(organisation, Template.API_TOKENS_CHANGED)


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
        detail={"role": token.role, "acts_on_live": token.acts_on_live},
    )
    record(event, by=by, about=about)
