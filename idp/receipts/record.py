"""What a receipt says, whichever way it is shown."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils import timezone

from clients.models import ScopeTerms
from clients.scopes import SCOPES, Scope
from idp.models import Consent
from idp.receipts import queries


class State(StrEnum):
    """What has become of an agreement."""

    CURRENT = "current"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Part:
    """What was agreed about a scope, or about claims of it that were asked for one by one.

    `terms` are those that were read; None for an agreement from before they were kept.
    """

    scope: Scope
    is_shared: bool
    is_whole: bool
    claims: tuple[str, ...]
    terms: ScopeTerms | None


def parts(agreement: Consent) -> list[Part]:
    """Return what was agreed, and what was kept back, in the catalogue's order."""
    terms = queries.terms(agreement)
    shared = _parts(agreement.scopes, agreement.claims, terms, is_shared=True)
    kept = _parts(agreement.declined_scopes, agreement.declined_claims, terms, is_shared=False)
    return shared + kept


def state(agreement: Consent) -> State:
    """Return what has become of the agreement."""
    end = ended_at(agreement)
    # Whatever came first: one that had run out was neither stopped nor replaced on that day.
    if end == agreement.expires_at:
        return State.EXPIRED if end <= timezone.now() else State.CURRENT
    return State.WITHDRAWN if end == agreement.withdrawn_at else State.REPLACED


def ended_at(agreement: Consent) -> datetime:
    """Return when the agreement ended, or will."""
    ends = (agreement.withdrawn_at, agreement.superseded_at, agreement.expires_at)
    return min(moment for moment in ends if moment is not None)


def _parts(
    scopes: list[str], claims: list[str], terms: dict[str, ScopeTerms], *, is_shared: bool
) -> list[Part]:
    found = []
    for name, scope in SCOPES.items():
        names = tuple(claim for claim in scope.claims if claim in claims)
        if name in scopes or names:
            found.append(Part(scope, is_shared, name in scopes, names, terms.get(name)))
    return found
