"""What a request for a new password is answered with."""

import itertools

import pytest

from accounts.recovery.rules import Answer, answer


@pytest.mark.parametrize(
    "shared, active, is_address", list(itertools.product([True, False], repeat=3))
)
def test_a_link_goes_to_the_one_reader_of_an_active_accounts_mailbox_only(
    *, shared: bool, active: bool, is_address: bool
) -> None:
    answered = answer(found=True, shared=shared, active=active, is_address=is_address)
    assert (answered is Answer.LINK) == (active and not shared)


@pytest.mark.parametrize(
    "is_address, expected", [(True, Answer.NO_ACCOUNT), (False, Answer.NOBODY)]
)
def test_nobodys_name_is_answered_only_where_a_mail_can_go(
    *, is_address: bool, expected: Answer
) -> None:
    assert answer(found=False, shared=False, active=False, is_address=is_address) is expected
