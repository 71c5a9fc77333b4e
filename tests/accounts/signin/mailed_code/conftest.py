"""A resident whose password somebody guesses at, from everywhere."""

import pytest

from accounts.limits import operations as limits
from accounts.limits.table import SIGN_IN_NAME
from accounts.models import Account
from accounts.models.account import sign_in_key
from tests.accounts.signin.mailed_code.guest import NAME, NOBODY
from tests.factories import people


@pytest.fixture
def account() -> Account:
    return people.account(NAME, password=people.PASSWORD)


@pytest.fixture(autouse=True)
def _guessed_from_everywhere(db: None) -> None:  # noqa: ARG001 - asked for its effect
    for name in (NAME, NOBODY):
        for _time in range(SIGN_IN_NAME.amount):
            limits.hit(SIGN_IN_NAME, sign_in_key(name))
