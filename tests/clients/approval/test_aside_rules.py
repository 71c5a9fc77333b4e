"""What sets a sign-off aside, by name; without a database."""

from dataclasses import replace

import pytest

from clients.approval.signing.rules import Aside, Signer, why_aside
from clients.approval.wording import ASIDES

FIT = Signer(is_active=True, has_role=True, is_member=False, is_submitter=False, is_other_too=False)


def test_one_whose_signer_may_still_approve_counts() -> None:
    assert why_aside(FIT) is None


@pytest.mark.parametrize(
    "columns, reason",
    [
        ({"is_active": False}, Aside.ACCOUNT_STOPPED),
        ({"has_role": False}, Aside.ROLE_TAKEN),
        ({"is_member": True}, Aside.OWN_ORGANISATION),
        ({"is_submitter": True}, Aside.ASKED_FOR_IT),
        ({"is_other_too": True}, Aside.SAME_PERSON),
        # Of two reasons the graver one is named.
        ({"is_active": False, "has_role": False}, Aside.ACCOUNT_STOPPED),
    ],
)
def test_one_whose_signer_may_not_any_more_is_set_aside_by_name(
    columns: dict[str, bool], reason: Aside
) -> None:
    assert why_aside(replace(FIT, **columns)) is reason


def test_each_reason_has_words() -> None:
    assert set(ASIDES) == set(Aside)
