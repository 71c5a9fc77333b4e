"""What keeps the clock from closing an unused account, until an operator has looked."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from accounts.audit.actor import OPERATOR, SYSTEM
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.closing import due as closings
from accounts.freezing.operations import freeze_by_operator
from accounts.models import (
    Account,
    AccountClosing,
    Complaint,
    Inactivity,
    RecoveryRequest,
)
from accounts.suspension.operations import suspend
from accounts.unused import rules, standing
from accounts.unused.rules import Hindrance
from idp.models import Disclosure
from tests import factories
from tests.accounts.unused.nights import (
    SECOND,
    START,
    YEARS,
    announce,
    announce_and_wait,
    come_to_the_announcement,
    is_closed,
    look,
    signs_in,
    why_it_waits,
)
from tests.commands import refused, run

pytestmark = pytest.mark.django_db


def used_by_refreshing(account: Account) -> None:
    with transaction.atomic():
        record(Event.TOKENS_REFRESHED, by=SYSTEM, about=About(account_id=account.pk))


def used_by_sharing(account: Account) -> None:
    application = factories.application()
    Disclosure.objects.create(
        account=account,
        application=application,
        consent=factories.consent(account, application),
        endpoint="userinfo",
        claims="name",
        day=timezone.localdate(),
        count=1,
        last_at=timezone.now(),
    )


@pytest.mark.parametrize("use", [signs_in, used_by_refreshing, used_by_sharing])
def test_any_use_stops_it_at_once_up_to_the_last_moment(
    ann: Account, clock: time_machine.Traveller, use: Callable[[Account], None]
) -> None:
    announce_and_wait(clock)
    clock.shift(-SECOND)
    use(ann)
    clock.shift(SECOND)
    assert look() == {}
    assert not is_closed(ann)
    assert not Inactivity.objects.exists()
    assert not standing.may_close(ann)


def is_member(account: Account) -> None:
    factories.member(account, of=factories.organisation())


def is_discreet(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(is_discreet=True)


def has_unsafe_mailbox(account: Account) -> None:
    factories.email_address(
        account, "old@example.org", is_primary=False, unsafe_since=timezone.now()
    )


def said_that_a_change_was_not_theirs(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(password_suspect_since=timezone.now())


def is_held(account: Account) -> None:
    until = timezone.now() + YEARS
    Account.objects.filter(pk=account.pk).update(changes_held_until=until)


def wants_to_get_back_in(account: Account) -> None:
    RecoveryRequest.objects.create(account=account, rung="counter", state="expired")


def waits_for_an_answer(account: Account) -> None:
    Complaint.objects.create(
        code="ABCDEFGH",
        account=account,
        kind="use",
        text="Why?",
        made_at=timezone.now(),
        due_on=timezone.localdate(),
    )


TIES: Final = [
    (is_member, Hindrance.MEMBER),
    (is_discreet, Hindrance.PROTECTED),
    (has_unsafe_mailbox, Hindrance.PROTECTED),
    (said_that_a_change_was_not_theirs, Hindrance.HELD),
    (is_held, Hindrance.HELD),
    (wants_to_get_back_in, Hindrance.HELD),
    (waits_for_an_answer, Hindrance.HELD),
]


@pytest.mark.parametrize("tie, why", TIES)
def test_an_account_that_somebody_may_count_on_waits_for_an_operator(
    ann: Account, clock: time_machine.Traveller, tie: Callable[[Account], None], why: Hindrance
) -> None:
    announce_and_wait(clock)
    tie(ann)
    assert look() == {}
    assert why_it_waits() == why
    assert not is_closed(ann)


def freeze(account: Account) -> None:
    freeze_by_operator(account=account, by=OPERATOR)


@pytest.mark.parametrize("stop", [freeze, lambda ann: suspend(account=ann, by=OPERATOR)])
def test_a_stopped_account_is_not_closed(
    ann: Account, clock: time_machine.Traveller, stop: Callable[[Account], object]
) -> None:
    announce_and_wait(clock)
    stop(ann)
    clock.shift(10 * YEARS)
    assert look() == {}
    assert not is_closed(ann)
    assert not AccountClosing.objects.exists()


def test_a_closing_that_its_owner_asked_for_goes_its_own_way(
    ann: Account, clock: time_machine.Traveller
) -> None:
    announce_and_wait(clock)
    AccountClosing.objects.create(
        account=ann, reason="resident", closes_at=timezone.now() + timedelta(days=7)
    )
    assert look() == {}
    clock.shift(timedelta(days=7))
    assert closings.close_due(now=timezone.now()) == 1
    assert AccountClosing.objects.get().reason == "resident"


def test_off_it_closes_nothing_though_the_day_was_told(
    ann: Account, clock: time_machine.Traveller, settings: Settings
) -> None:
    announce_and_wait(clock)
    settings.UNUSED_CLOSING_YEARS = 0
    assert look() == {}
    assert why_it_waits() == Hindrance.OFF
    assert not is_closed(ann)


def test_more_years_are_waited_for(
    ann: Account, clock: time_machine.Traveller, settings: Settings
) -> None:
    settings.UNUSED_CLOSING_YEARS = 7
    come_to_the_announcement(clock)
    assert look() == {}
    assert why_it_waits() == Hindrance.NOT_SO_LONG
    clock.move_to(START + timedelta(days=7 * 365.25 + 30))
    assert look() == {"closings of unused accounts announced": 1}
    del ann


def test_nor_does_an_operator_close_it_before_the_day_that_was_told(
    ann: Account, clock: time_machine.Traveller
) -> None:
    announce(clock)
    close = ("account", "close", "ann@example.org", "--reason", "inactive", "--case", "C-1")
    clock.shift(rules.NOTICE - SECOND)
    assert "yet to come" in refused(*close)[0]
    [row] = run("account", "unused")
    assert row["next"] == "nothing"
    clock.shift(SECOND)
    assert run(*close)["status"] == "active"
    del ann
