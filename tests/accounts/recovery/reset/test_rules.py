"""What a request for a new password is answered with."""

import itertools

import pytest

from accounts.recovery.reset.rules import Answer, Found, answer


@pytest.mark.parametrize(
    "shared, active, has_password, is_address", list(itertools.product([True, False], repeat=4))
)
def test_a_link_goes_to_the_one_reader_of_an_active_accounts_mailbox_only(
    *, shared: bool, active: bool, has_password: bool, is_address: bool
) -> None:
    found = Found(shared=shared, is_open=active, has_password=has_password)
    answered = answer(found, is_address=is_address)
    assert (answered is Answer.LINK) == (active and has_password and not shared)


@pytest.mark.parametrize(
    "is_address, expected", [(True, Answer.NO_ACCOUNT), (False, Answer.NOBODY)]
)
def test_nobodys_name_is_answered_only_where_a_mail_can_go(
    *, is_address: bool, expected: Answer
) -> None:
    assert answer(None, is_address=is_address) is expected
