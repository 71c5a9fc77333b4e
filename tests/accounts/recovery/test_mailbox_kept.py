"""The mailbox that a recovery began with must stay the account's own and safe, up to its end."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.models import Account, Authenticator, EmailAddress
from accounts.recovery.codes.operations import give_at_counter, take
from accounts.recovery.queries import latest_of
from accounts.recovery.rules import Refusal, Rung, Shown
from accounts.recovery.waiting.operations import Claim, begin
from tests import factories
from tests.accounts import post
from tests.accounts.recovery.climber import Climber, pass_time, recovery, wait_it_out
from tests.accounts.recovery.reset.forgetful import NEW
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

ADDRESS = "ann@example.org"
NOON = "2026-03-02T12:00:00+00:00"


@pytest.fixture
def ann() -> Account:
    account = factories.account(ADDRESS, password=PASSWORD)
    Authenticator.objects.create(account=account, kind=Authenticator.Kind.APP)
    return account


def made_unsafe() -> None:
    EmailAddress.objects.update(unsafe_since=timezone.now())


def taken_off() -> None:
    EmailAddress.objects.all().delete()


LOST = pytest.mark.parametrize("lose", [made_unsafe, taken_off])


@LOST
def test_nothing_is_chosen_once_the_mailbox_is_lost(ann: Account, lose: Callable[[], None]) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        climber = Climber()
        climber.know_password(ADDRESS)
        wait_it_out(clock)
        shown = climber.go_on()
        assert climber.client.get(shown["Location"]).status_code == 200
        lose()
        assert climber.client.get(shown["Location"]).status_code == 409
        assert climber.choose(shown).status_code == 409
    ann.refresh_from_db()
    assert ann.check_password(PASSWORD)


@LOST
def test_a_wait_ends_with_its_mailbox_and_tells_nobody_that_it_is_open(
    ann: Account, lose: Callable[[], None]
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        Climber().know_password(ADDRESS)
        lose()
        before = len(post.letters())
        pass_time(clock, timedelta(hours=36))
        assert len(post.letters()) == before
    assert recovery(ann).state == "expired"


def test_a_session_with_a_recovery_code_does_not_open_it_without_its_mailbox(ann: Account) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        Climber().know_password(ADDRESS)
        wait_it_out(clock)
        made_unsafe()
        climber = Climber()
        climber.sign_in_as(ann, "password", "recovery_code")
        assert climber.client.post("/account/getting-back-in/choose").status_code == 409
    assert latest_of(ann) is None


def test_one_that_a_session_began_needs_no_mailbox(ann: Account) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        climber = Climber()
        climber.sign_in_as(ann, "password", "recovery_code")
        climber.client.post("/account/getting-back-in")
        taken_off()
        wait_it_out(clock)
        again = Climber()
        ann.sessions.all().delete()
        again.sign_in_as(ann, "password", "recovery_code")
        again.choose(again.client.post("/account/getting-back-in/choose"))
    ann.refresh_from_db()
    assert ann.check_password(NEW)


def test_a_code_made_void_between_its_typing_and_the_lock_begins_nothing(ann: Account) -> None:
    typed = take(ann, give_at_counter(account=ann, by=OPERATOR))
    assert typed is not None
    give_at_counter(account=ann, by=OPERATOR)
    shown = frozenset({Shown.MAILBOX, Shown.COUNTER_CODE})
    claim = Claim(Rung.COUNTER, shown, ADDRESS, "", typed)
    assert begin(account=ann, claim=claim, by=OPERATOR) is Refusal.NOT_SHOWN
    typed.refresh_from_db()
    assert typed.state == "cancelled"
