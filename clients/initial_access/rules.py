"""What an initial access token may allow, and what a program gets of what it wishes for."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from clients.applications.registration import Kind, Registration, ScopeWanted
from clients.applications.requests.rules import Pkce
from clients.applications.rules import Finding, RegistrationProblem, scope_findings
from clients.organisations.rules import name_problem, slug_of

MOST_APPLICATIONS: Final = 10_000
LONGEST_LIFE: Final = timedelta(days=366)
CODE, REFRESH, OWN_NAME = "authorization_code", "refresh_token", "client_credentials"
GRANT_TYPES: Final = (CODE, REFRESH, OWN_NAME)
_LONGEST_OF_NAME: Final = 48


class TokenOver(StrEnum):
    """Why a token lets nobody register any more."""

    REVOKED = "initial_token_revoked"
    EXPIRED = "initial_token_expired"
    ORGANISATION_SUSPENDED = "organisation_suspended"
    USED_UP = "initial_token_used_up"


@dataclass(frozen=True)
class Limits:
    """The most that an application may have: scopes with their purposes, grants, PKCE policy."""

    scopes: tuple[ScopeWanted, ...]
    grant_types: tuple[str, ...]
    pkce_may_be_optional: bool = False


@dataclass(frozen=True)
class Terms:
    """What an operator says of a new token; it ends at `expires_at`, or when used that often."""

    name: str
    limits: Limits
    most_applications: int
    lifetime: timedelta


@dataclass(frozen=True)
class Wish:
    """What a program wants to be registered as; no scopes named: all that it may have.

    `pairwise`: it counts on subjects that its other applications of the same sector know too.
    """

    registration: Registration
    grant_types: tuple[str, ...]
    scopes: frozenset[str] | None = None
    pairwise: bool = False


@dataclass(frozen=True)
class Standing:
    """What decides whether a token is good."""

    expires_at: datetime
    is_revoked: bool
    organisation_active: bool
    applications: int
    most_applications: int


def over(standing: Standing, *, now: datetime) -> TokenOver | None:
    """Return why the token lets nobody register any more, if so."""
    conditions = {
        TokenOver.REVOKED: standing.is_revoked,
        TokenOver.EXPIRED: standing.expires_at <= now,
        TokenOver.ORGANISATION_SUSPENDED: not standing.organisation_active,
        TokenOver.USED_UP: standing.applications >= standing.most_applications,
    }
    return next((reason for reason, applies in conditions.items() if applies), None)


def terms_findings(
    terms: Terms, *, scopes: Collection[str], lawful_bases: Collection[str]
) -> list[Finding]:
    """Return every reason to refuse to make such a token."""
    return list(_terms_findings(terms, scopes, lawful_bases))


def _terms_findings(
    terms: Terms, scopes: Collection[str], lawful_bases: Collection[str]
) -> Iterator[Finding]:
    if problem := name_problem(terms.name):
        yield Finding("name", problem, terms.name)
    limits = terms.limits
    for grant, count in Counter(limits.grant_types).items():
        if grant not in GRANT_TYPES or count > 1:
            yield Finding("grant", RegistrationProblem.GRANT_UNFIT, grant)
    if CODE in limits.grant_types:
        # Whatever registers itself is a sandbox application.
        yield from scope_findings(
            limits.scopes, scopes=scopes, lawful_bases=lawful_bases, loopback=True
        )
    elif limits.scopes or OWN_NAME not in limits.grant_types:
        yield Finding("grant", RegistrationProblem.GRANT_UNFIT, " ".join(limits.grant_types))
    if not 0 < terms.most_applications <= MOST_APPLICATIONS:
        many = str(terms.most_applications)
        yield Finding("applications", RegistrationProblem.COUNT_UNFIT, many)
    if not timedelta(0) < terms.lifetime <= LONGEST_LIFE:
        yield Finding("days", RegistrationProblem.LIFE_UNFIT, str(terms.lifetime.days))


def granted(wish: Wish, limits: Limits) -> Registration:
    """Return the wish without what the limits do not name (RFC 7591 §2, §3.2.1).

    The answer tells what was registered. What is left may be unfit: that is for the rules of every
    registration to say.
    """
    registration = replace(wish.registration, live=False)
    grants = set(wish.grant_types) & set(limits.grant_types)
    if OWN_NAME in grants and CODE not in grants and registration.kind.keeps_secret:
        return replace(registration, kind=Kind.SERVICE, scopes=())
    return replace(
        registration,
        scopes=tuple(_scopes(wish, limits, offline=REFRESH in grants)) if CODE in grants else (),
        requests=replace(registration.requests, pkce=_pkce(registration, limits)),
    )


def wish_findings(wish: Wish, limits: Limits) -> Iterator[Finding]:
    """Yield why a wish is refused that no narrowing makes good."""
    registration = wish.registration
    grants = set(wish.grant_types) & set(limits.grant_types)
    if not grants & {CODE, OWN_NAME}:
        yield Finding("grant_type", RegistrationProblem.GRANT_NOT_ALLOWED)
    # OIDC Core §8.1: one host stands for the sector, or a list that its owner keeps. A sector of
    # its own, which whoever names no subject type gets, hangs on no host.
    hosts = {_host(uri) for uri in registration.addresses.redirect_uris}
    if wish.pairwise and len(hosts) > 1 and not registration.sector_identifier_uri:
        yield Finding("sector_identifier_uri", RegistrationProblem.SECTOR_URI_NEEDED)


def sector_of(uri: str) -> str:
    """Return the sector identifier that a sector_identifier_uri stands for (OIDC Core §8.1)."""
    return _host(uri)


def short_name(name: str, *, suffix: str) -> str:
    """Return a short name for operators, made unique by the suffix."""
    made = slug_of(name)[:_LONGEST_OF_NAME].strip("-") or "application"
    return f"{made}-{suffix}"


def _scopes(wish: Wish, limits: Limits, *, offline: bool) -> Iterator[ScopeWanted]:
    for allowed in limits.scopes:
        asked = wish.scopes is None or allowed.scope in wish.scopes
        if asked and (offline or allowed.scope != "offline_access"):
            yield allowed


def _pkce(registration: Registration, limits: Limits) -> Pkce:
    fits = limits.pkce_may_be_optional and registration.kind.keeps_secret
    return Pkce.OPTIONAL if fits else Pkce.REQUIRED


def _host(uri: str) -> str:
    try:
        return urlsplit(uri).hostname or ""
    except ValueError:  # brackets that hold no IPv6 address; its own rule says so
        return ""
