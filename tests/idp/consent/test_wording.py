"""Values as the sharing page says them."""

import pytest

from idp.oidc.sharing.wording import shown


@pytest.mark.parametrize(
    "number, read",
    [
        ("+447700900123", "07700 900123"),
        ("+33612345678", "+33 6 12 34 56 78"),
        ("ask at the desk", "ask at the desk"),
    ],
)
def test_a_phone_number_is_shown_as_elsewhere_whatever_a_test_account_holds(
    number: str, read: str
) -> None:
    assert shown("phone_number", number) == read
