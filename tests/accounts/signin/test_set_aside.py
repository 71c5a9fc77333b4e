"""Ways that are set aside open nothing, and make nothing easier to get into."""

import pytest

from accounts.assurance import Level, Method
from accounts.mfa.rules import level_to_change
from accounts.signin.rules import Given, Next, next_needed

NONE: frozenset[Method] = frozenset()
PASSWORD = frozenset({Method.PASSWORD})
APP = frozenset({Method.APP})
SHEET = frozenset({Method.CODE_SHEET})
PASSKEY = frozenset({Method.PASSKEY})


@pytest.mark.parametrize(
    "available, set_aside, needed",
    [
        # The only second step is set aside: it is asked for, and cannot be given.
        (PASSWORD, APP, Next.SECOND_STEP),
        (PASSWORD | SHEET, APP, Next.SECOND_STEP),
        # A passkey never stands behind a password, and so does not when it is set aside.
        (PASSWORD, PASSKEY, Next.DONE),
        (PASSWORD, NONE, Next.DONE),
    ],
)
def test_a_second_step_that_is_set_aside_is_owed_all_the_same(
    available: frozenset[Method], set_aside: frozenset[Method], needed: Next
) -> None:
    given = Given(proved=PASSWORD, available=available, set_aside=set_aside)
    assert next_needed(given) is needed


def test_an_older_second_step_goes_on_from_there() -> None:
    given = Given(proved=PASSWORD | SHEET, available=PASSWORD | SHEET, set_aside=APP)
    assert next_needed(given) is Next.DONE


@pytest.mark.parametrize(
    "available, set_aside, level",
    [
        (PASSWORD, NONE, Level.ONE_FACTOR),
        (PASSWORD, APP, Level.TWO_FACTORS),
        (PASSWORD, PASSKEY, Level.TWO_FACTORS),
        (PASSWORD | APP, PASSKEY, Level.TWO_FACTORS),
        (PASSKEY, PASSWORD | APP, Level.PHISHING_RESISTANT),
        (PASSKEY, NONE, Level.PHISHING_RESISTANT),
    ],
)
def test_a_password_alone_never_decides_over_what_is_set_aside(
    available: frozenset[Method], set_aside: frozenset[Method], level: Level
) -> None:
    assert level_to_change(available, set_aside) is level
