"""What "this wasn't me" may set aside."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.assurance import Method
from accounts.history.rules import leaves_a_way_in, may_set_aside_by_mail

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PASSWORD = frozenset({Method.PASSWORD})
APP = frozenset({Method.APP})
SHEET = frozenset({Method.CODE_SHEET})
PASSKEY = frozenset({Method.PASSKEY})
CODES = frozenset({Method.RECOVERY_CODE})


@pytest.mark.parametrize(
    "left, set_aside, leaves",
    [
        (PASSWORD | SHEET, APP, True),
        (PASSKEY, PASSWORD, True),
        (PASSWORD | APP, PASSKEY, True),
        # A password alone does not decide over a second step, nor over a passkey.
        (PASSWORD, APP, False),
        (PASSWORD, PASSKEY, False),
        (PASSWORD | CODES, APP, False),
        (APP, PASSWORD, False),
        (frozenset(), PASSKEY, False),
    ],
)
def test_ways_are_set_aside_only_if_somebody_can_still_decide_over_them(
    left: frozenset[Method], set_aside: frozenset[Method], *, leaves: bool
) -> None:
    assert leaves_a_way_in(left, set_aside) == leaves


def test_a_mailbox_sets_ways_aside_once_in_thirty_days() -> None:
    assert may_set_aside_by_mail(None, now=NOW)
    assert may_set_aside_by_mail(NOW - timedelta(days=30), now=NOW)
    assert not may_set_aside_by_mail(NOW - timedelta(days=29), now=NOW)
