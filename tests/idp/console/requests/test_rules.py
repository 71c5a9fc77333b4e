"""Who may decide what somebody else asked for, and what nobody can."""

import pytest

from idp.console.requests.rules import Decider, Refusal, Waiting, refusal_to_decide

NOBODY = Decider(is_asker=False, may_be_asker=False, is_owner=False, did_it=False)
OPEN = Waiting(is_decided=False, is_expired=False, is_asker_at_work=True, may_asker_look=True)


@pytest.mark.parametrize(
    "change, refusal",
    [
        ({}, None),
        ({"is_asker": True, "may_be_asker": True}, Refusal.OWN_REQUEST),
        ({"may_be_asker": True}, Refusal.SAME_PERSON),
        ({"is_owner": True}, Refusal.OWN_RECORD),
        ({"did_it": True}, Refusal.OWN_DECISION),
    ],
)
def test_who_may_not_decide(change: dict[str, bool], refusal: Refusal | None) -> None:
    decider = Decider(**(vars(NOBODY) | change))
    assert refusal_to_decide(OPEN, decider) is refusal


@pytest.mark.parametrize(
    "change, refusal",
    [
        ({"is_decided": True, "is_expired": True}, Refusal.DECIDED),
        ({"is_expired": True}, Refusal.EXPIRED),
        ({"is_asker_at_work": False}, Refusal.ASKER_STOPPED),
        ({"may_asker_look": False}, Refusal.ASKER_MAY_NOT_LOOK),
    ],
)
def test_what_nobody_can_decide(change: dict[str, bool], refusal: Refusal) -> None:
    waiting = Waiting(**(vars(OPEN) | change))
    assert refusal_to_decide(waiting, NOBODY) is refusal
