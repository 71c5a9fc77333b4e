"""The clock closes an unused account: told the day by mail and by a second way, and never else."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from accounts.audit.actor import resident
from accounts.audit.events import Event
from accounts.closing import operations as closing
from accounts.models import (
    Account,
    AccountClosing,
    AuditEvent,
    EmailAddress,
    Inactivity,
    OutboundMessage,
    Phone,
    PostalAddress,
    TextMessage,
)
from accounts.retention import operations as retention
from accounts.unused import due, rules, standing
from accounts.unused.rules import Due, Facts, Hindrance, Reminded, Way
from tests import factories
from tests.accounts import post
from tests.accounts.letters import pillar_box
from tests.accounts.texts import phone
from tests.accounts.unused.nights import (
    NOTHING,
    NUMBER,
    SECOND,
    START,
    YEARS,
    announce,
    announce_and_wait,
    come_to_the_announcement,
    deliver,
    is_closed,
    look,
    signs_in,
    why_it_waits,
)
from tests.commands import run

pytestmark = pytest.mark.django_db


def test_told_by_mail_and_text_message_it_closes_on_the_day_and_can_be_had_back(
    ann: Account, clock: time_machine.Traveller
) -> None:
    announce(clock)
    deliver()
    day = timezone.now() + rules.NOTICE
    words = f"{day.day} {day:%B %Y}"
    mail = post.newest()
    assert mail.subject == "Your account closes unless you sign in"
    assert f"It closes on {words}." in mail.text
    assert f"sign in once before {words}" in mail.text
    [(number, text)] = phone.received
    assert number == NUMBER
    assert text == (
        f"Nobody has signed in to your Borough Login account for years. It closes on {words}. "
        "To keep it, sign in once before then. Help: 020 7946 0000"
    )
    clock.shift(rules.NOTICE - SECOND)
    assert look() == {}
    clock.shift(SECOND)
    assert look() == {"unused accounts closed": 1}
    assert is_closed(ann)
    row = AccountClosing.objects.get(account=ann)
    assert (row.reason, row.closed_at) == ("inactive", timezone.now())
    assert row.reopen_until == timezone.now() + timedelta(days=90)
    fact = AuditEvent.objects.get(event=Event.ACCOUNT_CLOSED)
    assert (fact.actor_kind, fact.reason) == ("system", "inactive")
    assert "Your account was closed" in post.newest().text
    assert look() == {}
    closing.reopen(account=ann, by=resident(ann))
    assert not is_closed(ann)
    clock.shift(timedelta(days=30))
    assert look() == {}
    assert not Inactivity.objects.exists()


def test_told_by_mail_and_letter_it_closes_too(ann: Account, clock: time_machine.Traveller) -> None:
    Phone.objects.all().delete()
    checked = timezone.now()
    PostalAddress.objects.create(
        account=ann, lines="1 High Street", postcode="EX1 1AA", changed_at=START, checked_at=checked
    )
    announce_and_wait(clock)
    assert len(pillar_box.posted) == 1
    assert look() == {"unused accounts closed": 1}


def test_it_says_so_to_the_services_and_ends_what_was_agreed(
    ann: Account, clock: time_machine.Traveller
) -> None:
    consent = factories.consent(ann, factories.application())
    announce_and_wait(clock)
    assert look() == {"unused accounts closed": 1}
    consent.refresh_from_db()
    assert consent.withdrawn_at == timezone.now()


def test_an_account_of_which_there_is_an_address_for_mail_alone_waits_for_an_operator(
    ann: Account, clock: time_machine.Traveller
) -> None:
    Phone.objects.all().delete()
    come_to_the_announcement(clock)
    for _ in range(4):
        assert look() == {}
        clock.shift(YEARS)
    assert why_it_waits() == Hindrance.BY_MAIL_ALONE
    assert not is_closed(ann)
    close = ("account", "close", "ann@example.org", "--reason", "inactive", "--case", "C-1")
    assert run(*close)["status"] == "active"


@pytest.mark.parametrize(
    "number",
    [
        {"confirmed_at": None},
        {"unsafe_since": START},
    ],
)
def test_a_number_that_nobody_confirmed_or_that_is_unsafe_is_no_second_way(
    ann: Account, clock: time_machine.Traveller, number: dict[str, datetime | None]
) -> None:
    Phone.objects.update(**number)
    come_to_the_announcement(clock)
    assert look() == {}
    assert phone.received == []
    assert not is_closed(ann)


def test_a_text_message_that_never_left_is_not_told(
    ann: Account, clock: time_machine.Traveller
) -> None:
    phone.broken.append(True)
    announce(clock)
    for _ in range(10):
        deliver()
    assert TextMessage.objects.get().state == "failed"
    clock.shift(rules.NOTICE)
    assert look() == {}
    assert why_it_waits() == Hindrance.BY_MAIL_ALONE
    assert not is_closed(ann)


@pytest.mark.parametrize("state", ["queued", "failed", "dropped", "bounced"])
def test_a_mail_that_did_not_arrive_is_not_told(
    ann: Account, clock: time_machine.Traveller, state: str
) -> None:
    announce_and_wait(clock)
    OutboundMessage.objects.filter(template="account_closes").update(state=state)
    assert look() == {}
    assert why_it_waits() == Hindrance.NOT_BY_MAIL
    assert not is_closed(ann)


def test_what_shows_that_its_owner_was_told_is_kept_until_the_day(
    ann: Account, clock: time_machine.Traveller
) -> None:
    announce_and_wait(clock)
    retention.purge(now=timezone.now())
    assert OutboundMessage.objects.get().template == "account_closes"
    assert TextMessage.objects.get().state == "sent"
    assert look() == {"unused accounts closed": 1}
    Inactivity.objects.all().delete()
    clock.shift(timedelta(days=31))
    retention.purge(now=timezone.now())
    assert not TextMessage.objects.exists()
    del ann


def test_nothing_is_said_any_more_once_somebody_signed_in(
    ann: Account, clock: time_machine.Traveller
) -> None:
    PostalAddress.objects.create(
        account=ann, lines="1 High Street", postcode="EX1 1AA", changed_at=START, checked_at=START
    )
    announce(clock)
    signs_in(ann)
    deliver()
    assert (phone.received, pillar_box.posted) == ([], [])
    assert set(TextMessage.objects.values_list("state", flat=True)) == {"dropped"}


def test_each_night_does_so_many(
    clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        account = factories.account(f"resident{number}@example.org")
        Phone.objects.create(account=account, number=NUMBER, confirmed_at=START)
    for wait in (YEARS, rules.AGAIN_AFTER, rules.CLOSED_AFTER):
        clock.shift(wait)
        assert list(look().values()) == [3]
    deliver()
    clock.shift(rules.NOTICE)
    monkeypatch.setattr(due, "_MOST_A_NIGHT", 2)
    assert [look(), look(), look()] == [
        {"unused accounts closed": 2},
        {"unused accounts closed": 1},
        {},
    ]


def test_where_unused_accounts_are_not_looked_for_nothing_is_done(
    ann: Account, clock: time_machine.Traveller, settings: Settings
) -> None:
    settings.UNUSED_YEARS = settings.UNUSED_CLOSING_YEARS = 0
    clock.shift(YEARS)
    assert due.look(now=timezone.now()) == NOTHING
    del ann


def test_reasons_are_looked_for_in_an_order_and_mail_alone_is_never_enough() -> None:
    assert rules.hindrance(Facts()) is None
    for way in (Way.TEXT, Way.LETTER):
        assert rules.hindrance(Facts(ways=frozenset({Way.MAIL, way}))) is None
    assert rules.hindrance(Facts(ways=frozenset({Way.MAIL}))) is Hindrance.BY_MAIL_ALONE
    assert rules.hindrance(Facts(ways=frozenset({Way.TEXT, Way.LETTER}))) is Hindrance.NOT_BY_MAIL
    assert rules.hindrance(Facts(ways=frozenset())) is Hindrance.NOT_BY_MAIL


def test_the_day_is_told_once_and_then_waited_for() -> None:
    told_twice = Reminded(START, START + rules.AGAIN_AFTER)
    now = START + rules.AGAIN_AFTER + rules.CLOSED_AFTER
    assert rules.due(told_twice, None, now=now - SECOND) is Due.NOTHING
    assert rules.due(told_twice, None, now=now) is Due.ANNOUNCE
    announced = Reminded(START, START + rules.AGAIN_AFTER, now + rules.NOTICE)
    assert rules.due(announced, None, now=now + rules.NOTICE - SECOND) is Due.NOTHING
    assert rules.due(announced, None, now=now + rules.NOTICE) is Due.CLOSE
    assert rules.due(announced, Hindrance.OFF, now=now + rules.NOTICE) is Due.MAY_CLOSE


def test_an_address_that_is_unsafe_is_none_that_could_be_told(ann: Account) -> None:
    EmailAddress.objects.update(unsafe_since=START)
    assert standing.ways(ann) == {Way.TEXT}
