"""Whether an agreement covers what is asked now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Coverage(StrEnum):
    """How far the agreement on record goes."""

    COVERED = "covered"
    NO_CONSENT = "no_consent"
    CONSENT_EXPIRED = "consent_expired"
    MORE_ASKED_FOR = "more_asked_for"


@dataclass(frozen=True)
class Agreed:
    """The current agreement of an account with an application."""

    scopes: frozenset[str]
    claims: frozenset[str]
    expires_at: datetime


def coverage(
    *, scopes: Collection[str], claims: Collection[str], agreed: Agreed | None, now: datetime
) -> Coverage:
    """Say whether `agreed` covers these scopes and claim names, and if not, why."""
    if agreed is None:
        return Coverage.NO_CONSENT
    if agreed.expires_at <= now:
        return Coverage.CONSENT_EXPIRED
    if not (agreed.scopes.issuperset(scopes) and agreed.claims.issuperset(claims)):
        return Coverage.MORE_ASKED_FOR
    return Coverage.COVERED
