"""The clock closes an unused account: told the day by mail and by a second way, and never else."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from accounts.audit.actor import OPERATOR, SYSTEM, resident
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.closing import due as closings
from accounts.closing import operations as closing
from accounts.freezing.operations import freeze_by_operator
from accounts.models import (
    Account,
    AccountClosing,
    AuditEvent,
    Complaint,
    EmailAddress,
    Inactivity,
    Letter,
    OutboundMessage,
    Phone,
    PostalAddress,
    RecoveryRequest,
    StaffRole,
    TextMessage,
)
from accounts.retention import operations as retention
from accounts.sessions import operations as sessions
from accounts.suspension.operations import suspend
from accounts.unused import due, rules, standing
from accounts.unused.jobs import send_letter, send_text
from accounts.unused.rules import Due, Facts, Hindrance, Reminded, Way
from idp.models import Disclosure
from tests import factories
from tests.accounts import post
from tests.accounts.letters import pillar_box
from tests.accounts.texts import phone
from tests.commands import refused, run
from tests.factories import people

pytestmark = pytest.mark.django_db
START: Final = datetime(2027, 1, 10, 12, 0, tzinfo=UTC)
SECOND: Final = timedelta(seconds=1)
YEARS: Final = timedelta(days=5 * 365.25)
NUMBER: Final = "+447700900123"
NOTHING: Final = {
    "owners of unused accounts reminded": 0,
    "closings of unused accounts announced": 0,
    "unused accounts closed": 0,
}


@pytest.fixture(autouse=True)
def clock(settings: Settings) -> Iterator[time_machine.Traveller]:
    settings.UNUSED_YEARS = settings.UNUSED_CLOSING_YEARS = 5
    settings.TEXTS_ADAPTER = "tests.accounts.texts.phone.PhoneInHand"
    settings.LETTERS_ADAPTER = "tests.accounts.letters.pillar_box.PillarBox"
    for kept in (phone.received, phone.broken, pillar_box.posted, pillar_box.broken):
        kept.clear()
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ann(clock: time_machine.Traveller) -> Account:
    """Return somebody with a confirmed phone number, whom nobody has seen for years."""
    del clock
    account = factories.account("ann@example.org", password=factories.PASSWORD)
    Phone.objects.create(account=account, number=NUMBER, confirmed_at=timezone.now())
    return account


def look() -> dict[str, int]:
    """Do what the nightly job does, and say what of it was anything."""
    return {name: count for name, count in due.look(now=timezone.now()).items() if count}


def deliver() -> None:
    """Do what the worker does with all that is queued."""
    post.send()
    for message in TextMessage.objects.filter(state="queued"):
        send_text.call(str(message.pk))
    for letter in Letter.objects.filter(state="queued"):
        send_letter.call(str(letter.pk))


def come_to_the_announcement(clock: time_machine.Traveller) -> None:
    """Let the years and both reminders go by."""
    for wait in (YEARS, rules.AGAIN_AFTER):
        clock.shift(wait)
        assert look() == {"owners of unused accounts reminded": 1}
        deliver()
    clock.shift(rules.CLOSED_AFTER)


def announce(clock: time_machine.Traveller) -> None:
    come_to_the_announcement(clock)
    assert look() == {"closings of unused accounts announced": 1}


def announce_and_wait(clock: time_machine.Traveller) -> None:
    announce(clock)
    deliver()
    clock.shift(rules.NOTICE)


def is_closed(account: Account) -> bool:
    account.refresh_from_db()
    return account.status == Account.Status.CLOSED


def why_it_waits() -> str:
    """Return why the account waits for an operator, from the list of those that do."""
    [row] = run("account", "unused")
    assert row["next"] == "may_close"
    return str(row["kept_from_the_clock"])


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


def used_by_signing_in(account: Account) -> None:
    by = resident(account)
    sessions.start(account=account, proven=people.proven(), replaces=None, by=by)


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


@pytest.mark.parametrize("use", [used_by_signing_in, used_by_refreshing, used_by_sharing])
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


def test_nothing_is_said_any_more_once_somebody_signed_in(
    ann: Account, clock: time_machine.Traveller
) -> None:
    PostalAddress.objects.create(
        account=ann, lines="1 High Street", postcode="EX1 1AA", changed_at=START, checked_at=START
    )
    announce(clock)
    used_by_signing_in(ann)
    deliver()
    assert (phone.received, pillar_box.posted) == ([], [])
    assert set(TextMessage.objects.values_list("state", flat=True)) == {"dropped"}


def is_staff(account: Account) -> None:
    StaffRole.objects.create(account=account, role=StaffRole.Role.SUPPORT)


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
    (is_staff, Hindrance.STAFF),
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
