"""Where sign-ups stand, decided without a database."""

import pytest

from accounts.signup.confirmation.rules import Standing, standing


@pytest.mark.parametrize(
    "confirmed, refused, expired, expected",
    [
        (False, False, False, Standing.WAITING),
        (True, False, False, Standing.CONFIRMED),
        (True, True, False, Standing.REFUSED),
        (True, True, True, Standing.REFUSED),
        (True, False, True, Standing.EXPIRED),
        (False, False, True, Standing.EXPIRED),
    ],
)
def test_a_refusal_outweighs_a_confirmation_and_time_ends_both(
    *, confirmed: bool, refused: bool, expired: bool, expected: Standing
) -> None:
    assert standing(confirmed=confirmed, refused=refused, expired=expired) is expected
