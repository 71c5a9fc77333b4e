"""What a closed account still means for the mailbox that it had."""

import pytest

from accounts.mailbox.queries import address_use
from accounts.mailbox.rules import AddressUse
from accounts.models import Account
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.profile.emails.queries import shares_mailbox
from accounts.recovery.queries import is_shared, mailbox_of
from tests import factories
from tests.accounts import post

pytestmark = pytest.mark.django_db

ADDRESS = "ann@example.org"
CLOSED = Account.Status.CLOSED


@pytest.fixture
def ann() -> Account:
    """Return an account whose address a closed one has too, which is older."""
    factories.account(ADDRESS, sign_in_name="old.ann", status=CLOSED)
    return factories.account(ADDRESS, sign_in_name="new.ann", password=factories.PASSWORD)


def test_its_owner_may_read_there_still_so_the_mailbox_alone_proves_no_more_than_before(
    ann: Account,
) -> None:
    assert is_shared(ADDRESS)
    found = mailbox_of(ADDRESS)
    assert found is not None
    assert (found.account, found.is_shared) == (ann, True)


def test_one_that_went_into_another_was_the_same_person_s(ann: Account) -> None:
    Account.objects.exclude(pk=ann.pk).update(joined_into=ann)
    assert not is_shared(ADDRESS)
    assert not shares_mailbox(ann)


def test_mails_do_not_say_which_account_is_meant(ann: Account) -> None:
    tell(account=ann, news=News.FROZEN)
    assert "Several people" not in post.newest().text


def test_it_takes_no_place_at_the_address(ann: Account) -> None:
    del ann
    Account.objects.update(status=CLOSED)
    assert address_use(ADDRESS) is AddressUse.FREE


@pytest.mark.parametrize("status", ["active", "frozen", "suspended"])
def test_every_other_one_shares_it(ann: Account, status: str) -> None:
    Account.objects.exclude(pk=ann.pk).update(status=status)
    assert is_shared(ADDRESS)
    assert shares_mailbox(ann)
