"""An address marked unsafe is told nothing, and nothing from there is obeyed."""

import pytest
from django.utils import timezone

from accounts.models import Account, EmailAddress, OutboundMessage
from accounts.notices.catalogue import RESET_LINK, Template
from accounts.notices.operations import queue
from accounts.notices.queries import (
    addresses_to_tell,
    code_digest,
    code_matches,
    find_link,
    is_obeyed,
)
from accounts.notices.rules import LinkState
from tests import factories
from tests.accounts import post

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> Account:
    return factories.account("ann@example.org")


def mark_unsafe(account: Account) -> None:
    EmailAddress.objects.filter(account=account).update(unsafe_since=timezone.now())


def reset_mail(account: Account) -> OutboundMessage:
    return queue(
        template=Template.PASSWORD_RESET,
        address="Ann@example.org",
        account=account,
        language="en-gb",
    )


def test_a_safe_address_is_told_and_obeyed(ann: Account) -> None:
    factories.email_address(ann, "ann@work.example", is_primary=False)
    told = [row.address for row in addresses_to_tell(ann)]
    assert told == ["ann@example.org", "ann@work.example"]
    assert is_obeyed(reset_mail(ann))


def test_an_unsafe_address_is_not_told(ann: Account) -> None:
    factories.email_address(ann, "ann@work.example", is_primary=False, unsafe_since=timezone.now())
    assert [row.address for row in addresses_to_tell(ann)] == ["ann@example.org"]


def test_a_mail_queued_before_its_address_became_unsafe_is_dropped(ann: Account) -> None:
    message = reset_mail(ann)
    mark_unsafe(ann)
    assert post.letters() == []
    message.refresh_from_db()
    assert (message.state, message.link_hash) == (OutboundMessage.State.DROPPED, "")


def test_a_link_sent_before_its_address_became_unsafe_is_like_one_too_old(ann: Account) -> None:
    reset_mail(ann)
    token = post.newest().path("/reset-password/").rpartition("/")[2]
    assert find_link(RESET_LINK, token).state is LinkState.GOOD
    mark_unsafe(ann)
    assert find_link(RESET_LINK, token).state is LinkState.EXPIRED


def test_a_code_sent_before_its_address_became_unsafe_is_wrong(ann: Account) -> None:
    message = reset_mail(ann)
    message.code_hash = code_digest(message, "123456")
    assert code_matches(message, "123456")
    mark_unsafe(ann)
    assert not code_matches(message, "123456")


def test_another_account_that_shares_the_mailbox_goes_on_using_it(ann: Account) -> None:
    ben = factories.account("ann@example.org", sign_in_name="ben.example")
    mark_unsafe(ann)
    assert not is_obeyed(reset_mail(ann))
    assert is_obeyed(reset_mail(ben))


def test_a_mail_of_no_account_is_nobodys_to_mark() -> None:
    message = queue(
        template=Template.PASSWORD_RESET_NO_ACCOUNT, address="ann@example.org", language="en-gb"
    )
    assert is_obeyed(message)
