"""Reads initial access tokens."""

from typing import TYPE_CHECKING, TypeAlias, TypedDict

from django.db.models import Count, QuerySet

from accounts.security import keyed_hash
from clients.applications.registration import ScopeWanted
from clients.initial_access.rules import Limits, Standing
from clients.models import InitialAccessToken, Organisation

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Columns(TypedDict):
        used: int

    Counted: TypeAlias = WithAnnotations[InitialAccessToken, _Columns]

PURPOSE = "initial_access_token"


def listed() -> "QuerySet[Counted]":
    """Return all tokens, newest first, each with its organisation and how often it was `used`."""
    rows = InitialAccessToken.objects.select_related("organisation").order_by("-pk")
    return rows.annotate(used=Count("applications"))


def find(number: int) -> "Counted | None":
    """Return the token of this number."""
    return listed().filter(pk=number).first()


def presented(secret: str) -> "Counted | None":
    """Return the token that a program presents."""
    return listed().filter(token_hash__in=keyed_hash.candidates(PURPOSE, secret)).first()


def standing(row: InitialAccessToken, *, used: int) -> Standing:
    """Return what decides whether the token is good; needs its organisation loaded."""
    return Standing(
        expires_at=row.expires_at,
        is_revoked=row.revoked_at is not None,
        organisation_active=row.organisation.status == Organisation.Status.ACTIVE,
        applications=used,
        most_applications=row.most_applications,
    )


def limits(row: InitialAccessToken) -> Limits:
    """Return the most that anybody gets by the token."""
    return Limits(
        scopes=tuple(ScopeWanted(**scope) for scope in row.scopes),
        grant_types=tuple(row.grant_types),
        pkce_may_be_optional=row.pkce_may_be_optional,
    )
