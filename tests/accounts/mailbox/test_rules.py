"""How far an address is taken, and what a wrong code does, decided without a database."""

import pytest

from accounts.mailbox.rules import AddressUse, CodeOutcome, address_use, wrong_code


@pytest.mark.parametrize(
    "accounts, use",
    [
        (0, AddressUse.FREE),
        (1, AddressUse.KNOWN),
        (4, AddressUse.KNOWN),
        (5, AddressUse.FULL),
        (6, AddressUse.FULL),
    ],
)
def test_an_address_is_free_known_or_full(accounts: int, use: AddressUse) -> None:
    assert address_use(accounts=accounts, most=5) is use


@pytest.mark.parametrize(
    "tries, outcome",
    [(1, CodeOutcome.WRONG), (4, CodeOutcome.WRONG), (5, CodeOutcome.TOO_MANY_TRIES)],
)
def test_the_fifth_wrong_code_is_the_last(tries: int, outcome: CodeOutcome) -> None:
    assert wrong_code(tries=tries) is outcome
