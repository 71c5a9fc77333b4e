"""What a receipt says, whichever way it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils import timezone

from clients.models import ScopeTerms
from clients.scopes import SCOPES, Scope
from idp.consent import queries as consents
from idp.consent.rules import Answer, How, of_scope
from idp.models import Consent
from idp.receipts import queries


class State(StrEnum):
    """What has become of an agreement; closed: it ended because the account was closed."""

    CURRENT = "current"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    CLOSED = "account_closed"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Part:
    """What was agreed about a scope, or about claims of it that were asked for one by one.

    `answer` says how and when it came to be shared, None of what was kept back; `terms` are those
    that were read, None for an agreement from before they were kept.
    """

    scope: Scope
    answer: Answer | None
    claims: tuple[str, ...]
    terms: ScopeTerms | None

    @property
    def is_shared(self) -> bool:
        """Whether it was not kept back."""
        return self.answer is not None

    @property
    def was_told(self) -> bool:
        """Whether nobody agreed to it."""
        return self.answer is not None and self.answer.how is How.TOLD


def parts(agreement: Consent) -> list[Part]:
    """Return what was agreed or told, and what was kept back, in the catalogue's order."""
    terms = queries.terms(agreement)
    shared = _names(agreement.scopes, agreement.claims)
    kept = _names(agreement.declined_scopes, agreement.declined_claims)
    answers = consents.agreed_of(agreement).answers()
    return [
        *(
            Part(SCOPES[scope], answer, _claims(scope, same), terms.get(scope))
            for scope, names in shared.items()
            for answer, same in _by_answer(names, answers).items()
        ),
        *(
            Part(SCOPES[scope], None, _claims(scope, names), terms.get(scope))
            for scope, names in kept.items()
        ),
    ]


def state(agreement: Consent) -> State:
    """Return what has become of the agreement."""
    end = ended_at(agreement)
    # Whatever came first: one that had run out was neither stopped nor replaced on that day.
    if end == agreement.expires_at:
        return State.EXPIRED if end <= timezone.now() else State.CURRENT
    if end != agreement.withdrawn_at:
        return State.REPLACED
    return State.CLOSED if agreement.ended_with_account else State.WITHDRAWN


def ended_at(agreement: Consent) -> datetime:
    """Return when the agreement ended, or will."""
    ends = (agreement.withdrawn_at, agreement.superseded_at, agreement.expires_at)
    return min(moment for moment in ends if moment is not None)


def _names(scopes: list[str], claims: list[str]) -> dict[str, list[str]]:
    """Return what the agreement has of each scope: the scope itself if it is whole, and claims."""
    found = {
        name: [
            *([of_scope(name)] if name in scopes else []),
            *(claim for claim in scope.claims if claim in claims),
        ]
        for name, scope in SCOPES.items()
    }
    return {name: names for name, names in found.items() if names}


def _by_answer(names: list[str], answers: Mapping[str, Answer]) -> dict[Answer, list[str]]:
    """Return the names apart that came about in another way, or at another time."""
    apart: dict[Answer, list[str]] = {}
    for name in names:
        apart.setdefault(answers[name], []).append(name)
    return apart


def _claims(scope: str, names: list[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name != of_scope(scope))
