"""Writes initial access tokens, and the applications that are registered with them."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.actor import application as actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.security import keyed_hash
from accounts.security.tokens import random_token
from clients.applications import operations as applications
from clients.applications.changing import operations as changing
from clients.applications.changing.operations import Changed
from clients.applications.columns import described
from clients.applications.registration import Registration, ScopeWanted
from clients.applications.requests.rules import Pkce
from clients.applications.rules import Finding, RegistrationProblem
from clients.applications.writing import ApplicationRefusedError
from clients.initial_access import queries
from clients.initial_access.rules import (
    Limits,
    Terms,
    TokenOver,
    Wish,
    granted,
    over,
    sector_of,
    short_name,
    terms_findings,
    wish_findings,
)
from clients.models import Application, ApplicationScope, InitialAccessToken, Organisation
from clients.organisations.queries import lookalike_problem
from clients.scopes import SCOPES

# What proves that a program may read, change and end its own registration (RFC 7592 §1.2).
REGISTRATION_PURPOSE = "registration_access_token"


class TermsRefusedError(Exception):
    """A token cannot be made on these terms; `findings` name every reason."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(*(finding.problem for finding in findings))
        self.findings = tuple(findings)


class TokenOverError(Exception):
    """The token lets nobody register any more."""

    def __init__(self, reason: TokenOver) -> None:
        super().__init__(reason)
        self.reason = reason


class RegistrationOverError(Exception):
    """The application is closed or suspended."""


@dataclass(frozen=True)
class Made:
    """A new token, and its secret: shown once, kept only as a keyed hash."""

    token: InitialAccessToken
    secret: str = field(repr=False)


@dataclass(frozen=True)
class Registered:
    """A new application, its secret, if any, and its registration token; neither is kept."""

    application: Application
    scopes: tuple[ScopeWanted, ...]
    client_secret: str = field(repr=False)
    registration_token: str = field(repr=False)


@transaction.atomic
def create(*, organisation: Organisation, terms: Terms, by: Actor) -> Made:
    """Make a token that lets programs register applications of this organisation.

    Raises:
        TermsRefusedError: it would allow what no application may have.
    """
    bases = ApplicationScope.LawfulBasis.values
    if found := terms_findings(terms, scopes=SCOPES.keys(), lawful_bases=bases):
        raise TermsRefusedError(found)
    secret = random_token()
    row = InitialAccessToken.objects.create(
        organisation=organisation,
        token_hash=keyed_hash.digest(queries.PURPOSE, secret),
        name=terms.name,
        scopes=[asdict(wanted) for wanted in terms.limits.scopes],
        grant_types=list(terms.limits.grant_types),
        pkce_may_be_optional=terms.limits.pkce_may_be_optional,
        most_applications=terms.most_applications,
        expires_at=timezone.now() + terms.lifetime,
    )
    _record(Event.INITIAL_TOKEN_CREATED, row, by)
    return Made(row, secret)


@transaction.atomic
def revoke(*, token: InitialAccessToken, by: Actor) -> None:
    """Let nobody register with the token any more; what was registered with it stays."""
    locked = InitialAccessToken.objects.select_for_update(no_key=True).get(pk=token.pk)
    if locked.revoked_at is not None:
        return
    locked.revoked_at = timezone.now()
    locked.save(update_fields=["revoked_at"])
    _record(Event.INITIAL_TOKEN_REVOKED, locked, by)


@transaction.atomic
def register(*, token: InitialAccessToken, wish: Wish) -> Registered:
    """Create a sandbox application of the token's organisation, within what the token allows.

    A sector_identifier_uri has been read and checked.

    Raises:
        TokenOverError: the token is good no more.
        ApplicationRefusedError: the wish is unfit.
    """
    locked = _locked(token)
    registration = _within(queries.limits(locked), wish, locked.organisation)
    by = actor(f"initial-access-token-{locked.pk}")
    created = applications.create(
        organisation=locked.organisation,
        registration=replace(
            registration,
            slug=short_name(registration.name, suffix=secrets.token_hex(5)),
            sector_identifier=sector_of(registration.sector_identifier_uri),
        ),
        by=by,
    )
    secret, row = random_token(), created.application
    row.initial_access_token = locked
    row.registration_token_hash = keyed_hash.digest(REGISTRATION_PURPOSE, secret)
    row.save(update_fields=["initial_access_token", "registration_token_hash"])
    return Registered(row, registration.scopes, created.client_secret, secret)


@transaction.atomic
def update(*, application: Application, wish: Wish) -> Changed:
    """Replace what the application is registered as, at the wish of who has its registration token.

    It gets no more than it has: what an operator took from it, it cannot take back. A
    sector_identifier_uri has been read and checked.

    Raises:
        RegistrationOverError: it was closed or suspended at this moment.
        ApplicationRefusedError: the wish is unfit.
    """
    row = _own(application)
    now = described(row)
    pkce_may_be_optional = now.requests.pkce is Pkce.OPTIONAL
    limits = Limits(now.scopes, tuple(row.grant_types), pkce_may_be_optional)
    # Its sector is what it is, on whichever hosts.
    registration = _within(limits, replace(wish, pairwise=False), row.organisation)
    if registration.sector_identifier_uri != now.sector_identifier_uri:
        part, problem = "sector_identifier_uri", RegistrationProblem.SECTOR_FIXED
        raise ApplicationRefusedError([Finding(part, problem, registration.sector_identifier_uri)])
    # What operators say of it is no program's to change.
    kept = replace(
        registration,
        slug=now.slug,
        live=now.live,
        minimum_level=now.minimum_level,
        is_sensitive=now.is_sensitive,
        receives_events=now.receives_events,
        other_way=now.other_way,
    )
    return changing.become(application=row, registration=kept, by=actor(row.client_id))


@transaction.atomic
def remove(*, application: Application) -> None:
    """End the application, at the wish of who has its registration token (RFC 7592 §2.3).

    Raises:
        RegistrationOverError: it was closed or suspended at this moment.
    """
    row = _own(application)
    applications.close(application=row, by=actor(row.client_id))


def _within(limits: Limits, wish: Wish, organisation: Organisation) -> Registration:
    if found := list(wish_findings(wish, limits)):
        raise ApplicationRefusedError(found)
    registration = granted(wish, limits)
    if problem := lookalike_problem(registration.name, of=organisation):
        raise ApplicationRefusedError([Finding("name", problem, registration.name)])
    return registration


def _own(application: Application) -> Application:
    """Return the application, locked, while its registration token is good."""
    rows = Application.objects.select_related("organisation")
    row = rows.select_for_update(no_key=True, of=("self",)).get(pk=application.pk)
    if not row.registration_token_hash or not row.is_usable():
        raise RegistrationOverError
    return row


def _locked(token: InitialAccessToken) -> InitialAccessToken:
    """Return the token, which nobody else uses until this transaction ends."""
    rows = InitialAccessToken.objects.select_related("organisation")
    locked = rows.select_for_update(no_key=True, of=("self",)).get(pk=token.pk)
    standing = queries.standing(locked, used=locked.applications.count())
    if reason := over(standing, now=timezone.now()):
        raise TokenOverError(reason)
    return locked


def _record(event: Event, row: InitialAccessToken, by: Actor) -> None:
    about = About(
        organisation_id=row.organisation_id,
        object_kind="initial_access_token",
        object_id=str(row.pk),
    )
    record(event, by=by, about=about)
