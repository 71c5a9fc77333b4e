"""An address that a thief gave the account gets nobody back in once its owner said "not me"."""

from datetime import timedelta

import pytest
from django.utils import timezone
from time_machine import travel

from accounts.models import Account, AuditEvent, EmailAddress
from tests.accounts import post
from tests.accounts.safety.resident import Resident, weak
from tests.accounts.visitor import Visitor

pytestmark = pytest.mark.django_db

OWNERS, THIEFS = "ann@example.org", "thief@example.net"


def newest_to(address: str) -> post.Letter:
    return [letter for letter in post.letters() if letter.to == address][-1]


def add(resident: Resident, address: str = THIEFS) -> None:
    """Give the account one more address, the mail's code typed."""
    page = resident.post("/account/emails/add", email=address)["Location"]
    code = newest_to(address).code
    assert resident.post(page, code=code).status_code == 303


@pytest.fixture
def thief() -> Resident:
    """Return somebody with nothing but the password, who adds a mailbox of their own."""
    resident = weak(OWNERS)
    add(resident)
    return resident


def say_not_me() -> None:
    link = newest_to(OWNERS).path("/safety/")
    answer = Visitor().client.post(link)
    assert answer["Location"] == f"{link}/done"


def asks_in_vain(address: str) -> bool:
    before = len(post.letters())
    for page in ("/reset-password", "/get-back-in"):
        Visitor().client.post(page, {"sign_in_name": address})
    return not any(letter.to == address for letter in post.letters()[before:])


def test_the_thiefs_address_gets_no_new_password(thief: Resident) -> None:
    say_not_me()
    assert thief.session is None
    assert asks_in_vain(THIEFS)
    assert not asks_in_vain(OWNERS)
    assert AuditEvent.objects.filter(event="account:channel:marked_unsafe").exists()


def test_a_link_that_was_sent_there_before_works_no_more(thief: Resident) -> None:
    Visitor().client.post("/reset-password", {"sign_in_name": THIEFS})
    link = newest_to(THIEFS).path("/reset-password/")
    say_not_me()
    assert Visitor().get(link).status_code == 404
    del thief


def test_the_owner_hears_that_it_is_not_used(thief: Resident) -> None:
    say_not_me()
    with travel(timezone.now() + timedelta(minutes=6)):
        assert "must not use one way to reach you" in newest_to(OWNERS).text
    del thief


def test_an_older_address_and_the_main_one_stay(thief: Resident) -> None:
    EmailAddress.objects.create(
        account=thief.account,
        address="old@example.org",
        address_key="old@example.org",
        confirmed_at=timezone.now(),
    )
    say_not_me()
    unsafe = EmailAddress.objects.exclude(unsafe_since=None).values_list("address", flat=True)
    assert list(unsafe) == [THIEFS]


def test_a_mailbox_says_so_once_a_month(thief: Resident) -> None:
    """Whoever reads an old mailbox could else silence each new one of the owner's."""
    say_not_me()
    owner = Resident(Account.objects.get())
    add(owner, "private@example.org")
    link = newest_to(OWNERS).path("/safety/")
    assert Visitor().client.post(link)["Location"] == f"{link}/check"
    assert EmailAddress.objects.get(address="private@example.org").unsafe_since is None
    del thief
