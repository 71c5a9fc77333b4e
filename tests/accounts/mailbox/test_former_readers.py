"""Whoever gives up an address may read there still: nobody gets into the other's account by it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import pytest
from django.utils import timezone

from accounts.audit.actor import SYSTEM, resident
from accounts.closing import operations as closings
from accounts.models import Account, AccountClosing, EmailAddress, EmailChange
from accounts.profile.emails import operations as emails
from accounts.profile.emails.changes import outcome
from accounts.recovery.queries import is_shared
from tests import factories
from tests.accounts import post
from tests.accounts.recovery.reset.forgetful import Forgetful
from tests.accounts.safety.guide import finish, lose_shared_mailbox
from tests.accounts.safety.resident import Resident, strong

pytestmark = pytest.mark.django_db

ADDRESS = "whitfields@example.org"
OTHER = "joan.now@example.org"


def _take_off(joan: Resident) -> None:
    """Take it off among others."""
    row = EmailAddress.objects.get(account=joan.account, address=ADDRESS)
    EmailAddress.objects.filter(pk=row.pk).update(is_primary=False)
    factories.email_address(joan.account, OTHER)
    by = resident(joan.account)
    assert emails.remove(account=joan.account, address=row, started_on="", by=by)


def _replace(joan: Resident) -> None:
    """Have another main address in its place."""
    now = timezone.now()
    change = EmailChange.objects.create(
        account=joan.account,
        kind=EmailChange.Kind.REPLACE,
        address=OTHER,
        address_key=OTHER,
        old_address=ADDRESS,
        old_key=ADDRESS,
        confirmed_at=now,
        expires_at=now + timedelta(days=1),
    )
    outcome.bring_about(change, by=resident(joan.account))


def _leave(joan: Resident) -> None:
    """Walk through the guide for when people part."""
    lose_shared_mailbox(joan)
    finish(joan)


def _close(joan: Resident) -> None:
    """Close the account and wait until it is emptied."""
    now = timezone.now()
    Account.objects.filter(pk=joan.account.pk).update(status=Account.Status.CLOSED)
    closing = AccountClosing.objects.create(
        account=joan.account, reason="resident", closes_at=now, closed_at=now, reopen_until=now
    )
    assert closings.empty(closing=closing, now=now, by=SYSTEM)


WAYS: Final[dict[str, Callable[[Resident], None]]] = {
    "taken off": _take_off,
    "replaced": _replace,
    "guide": _leave,
    "closed and emptied": _close,
}


@pytest.fixture
def joan() -> Resident:
    return strong(ADDRESS)


@pytest.fixture
def ben() -> Account:
    """Return the account of somebody else who reads the same mailbox."""
    return factories.account(ADDRESS, sign_in_name="ben", password=factories.PASSWORD)


@pytest.mark.parametrize("give_up", WAYS.values(), ids=WAYS)
def test_the_mailbox_alone_gets_nobody_into_the_account_that_is_left(
    joan: Resident, ben: Account, give_up: Callable[[Resident], None]
) -> None:
    give_up(joan)
    assert EmailAddress.objects.filter(address_key=ADDRESS).get().account == ben
    assert is_shared(ADDRESS)
    for typed in ("ben", ADDRESS):
        Forgetful().ask(typed)
    mailed = [letter.text for letter in post.letters() if letter.to == ADDRESS]
    assert mailed
    assert not any("/reset-password/" in text for text in mailed)


def test_a_link_of_before_is_void_too(ben: Account) -> None:
    EmailAddress.objects.exclude(account=ben).delete()
    link = Forgetful().link("ben")
    EmailAddress.objects.filter(account=ben).update(others_read_since=timezone.now())
    assert Forgetful().choose(link).status_code == 404
    ben.refresh_from_db()
    assert ben.check_password(factories.PASSWORD)


def test_nor_does_it_once_the_other_account_went_into_one_without_the_address(
    joan: Resident, ben: Account
) -> None:
    elsewhere = factories.account(OTHER, sign_in_name="joan.elsewhere")
    Account.objects.filter(pk=joan.account.pk).update(joined_into=elsewhere, status="closed")
    assert is_shared(ADDRESS)
    _close(joan)
    assert is_shared(ADDRESS)
    assert EmailAddress.objects.get(address_key=ADDRESS).account == ben


def test_what_went_into_this_account_was_the_same_person_s(joan: Resident, ben: Account) -> None:
    Account.objects.filter(pk=joan.account.pk).update(joined_into=ben, status="closed")
    assert not is_shared(ADDRESS)
    _close(joan)
    assert not is_shared(ADDRESS)


def test_an_address_that_nobody_else_had_is_its_reader_s_alone(joan: Resident) -> None:
    _replace(joan)
    assert not is_shared(OTHER)
    assert not EmailAddress.objects.exclude(others_read_since=None).exists()


def test_whoever_adds_the_address_anew_says_that_they_read_it_alone(
    joan: Resident, ben: Account
) -> None:
    _take_off(joan)
    EmailAddress.objects.filter(account=ben).delete()
    factories.email_address(ben, ADDRESS)
    assert not is_shared(ADDRESS)
