"""Reads initial access tokens."""

import unicodedata
from typing import TYPE_CHECKING, TypeAlias, TypedDict

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from accounts.security import keyed_hash
from clients.applications.registration import ScopeWanted
from clients.initial_access.rules import Limits, Standing
from clients.models import Application, InitialAccessToken, Organisation

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


def is_anothers(name: str, organisation: Organisation) -> bool:
    """Say whether residents know another organisation, a live service of one, or us by this name.

    Letters that are drawn otherwise but are the same, as full-width ones, make no other name.
    """
    plain = unicodedata.normalize("NFKC", name)
    same = Q(name__iexact=name) | Q(name__iexact=plain)
    others = Organisation.objects.exclude(pk=organisation.pk).filter(same)
    live = Application.objects.exclude(organisation=organisation).filter(
        same, environment=Application.Environment.LIVE
    )
    is_ours = plain.casefold() == settings.SERVICE_NAME.casefold()
    return is_ours or others.exists() or live.exists()


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
