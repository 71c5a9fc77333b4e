"""The decision between asking, telling and refusing where no agreement covers what is asked."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from idp.consent.rules import Coverage
from idp.oidc.authorize.next_step import (
    Answer,
    AskConsent,
    Facts,
    Refuse,
    SayBlocked,
    SignedIn,
    Step,
    TellSharing,
    next_step,
)
from idp.oidc.authorize.reasons import Reason

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
TELLS = Facts(
    now=NOW,
    asked_at=NOW,
    session=SignedIn(UUID(int=1), auth_time=NOW),
    coverage=Coverage.NO_CONSENT,
    tells_only=True,
)
GAPS = [gap for gap in Coverage if gap is not Coverage.COVERED]


@pytest.mark.parametrize("gap", GAPS)
def test_whatever_is_not_covered_is_told_where_that_will_do(gap: Coverage) -> None:
    assert next_step(replace(TELLS, coverage=gap)) == TellSharing(Reason(gap.value))


# Between the account's owner and us.
PRIVATE = [Coverage.ADDRESS_GONE, Coverage.DETAILS_ADDED]


@pytest.mark.parametrize("tells_only", [True, False])
@pytest.mark.parametrize("gap", PRIVATE)
def test_with_prompt_none_what_the_owner_changed_looks_like_nothing_agreed(
    gap: Coverage, *, tells_only: bool
) -> None:
    silent = replace(TELLS, prompts=frozenset({"none"}), tells_only=tells_only)
    assert next_step(replace(silent, coverage=gap)) == next_step(silent)


@pytest.mark.parametrize("gap", [gap for gap in GAPS if gap not in PRIVATE])
def test_with_prompt_none_nobody_is_told(gap: Coverage) -> None:
    silent = replace(TELLS, coverage=gap, prompts=frozenset({"none"}))
    assert next_step(silent) == Refuse("consent_required", Reason(gap.value))


@pytest.mark.parametrize(
    "facts, step",
    [
        (replace(TELLS, coverage=Coverage.COVERED), Answer()),
        (replace(TELLS, tells_only=False), AskConsent(Reason.NO_CONSENT)),
        (replace(TELLS, prompts=frozenset({"consent"})), AskConsent(Reason.PROMPT_CONSENT)),
        (replace(TELLS, blocked=True), SayBlocked(Reason.BLOCKED)),
    ],
)
def test_otherwise_nothing_is_told(facts: Facts, step: Step) -> None:
    assert next_step(facts) == step
