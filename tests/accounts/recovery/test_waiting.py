"""A wait by a known password: told of at every safe address, stopped once, told to the staff."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.audit.actor import OPERATOR
from accounts.models import Account, AuditEvent, RecoveryRequest
from accounts.recovery.rules import Refusal
from accounts.recovery.waiting import operations
from tests import factories
from tests.accounts import post
from tests.accounts.recovery.climber import Climber, pass_time, recovery, wait_it_out
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

ADDRESS = "ann@example.org"
NOON = "2026-03-02T12:00:00+00:00"


@pytest.fixture
def ann() -> Account:
    account = factories.account(ADDRESS, password=PASSWORD)
    factories.email_address(account, "second@example.org", is_primary=False)
    factories.email_address(
        account, "unsafe@example.org", is_primary=False, unsafe_since=timezone.now()
    )
    return account


def told(subject: str) -> set[str]:
    return {letter.to for letter in post.letters() if subject in letter.subject}


def stop(client: Climber) -> int:
    link = next(
        letter.path("/get-back-in/stop/")
        for letter in reversed(post.letters())
        if "/get-back-in/stop/" in letter.text
    )
    assert client.client.get(link).status_code == 200
    return int(client.client.post(link).status_code)


def test_the_wait_begins_and_page_and_mail_say_the_same_time(ann: Account) -> None:
    with time_machine.travel(NOON, tick=False):
        climber = Climber()
        response = climber.know_password(ADDRESS)
        page = climber.client.get(response["Location"]).content.decode()
        mail = post.newest().text
    assert "12:00pm on 5 March 2026" in page
    assert "12:00pm on 5 March 2026" in mail
    assert recovery(ann).state == "waiting"
    assert "020 7946 0000" in page


def test_every_safe_address_is_told_at_the_start_the_middle_and_the_end(ann: Account) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        Climber().know_password(ADDRESS)
        assert told("asked to get back") == {ADDRESS, "second@example.org"}
        pass_time(clock, timedelta(hours=35))
        assert told("still waits") == set()
        pass_time(clock, timedelta(hours=1))
        assert told("still waits") == {ADDRESS, "second@example.org"}
        pass_time(clock, timedelta(hours=35))
        assert told("can be chosen now") == set()
        pass_time(clock, timedelta(hours=1))
        assert told("can be chosen now") == {ADDRESS, "second@example.org"}
        count = len(post.letters())
        pass_time(clock, timedelta(hours=1))
        assert len(post.letters()) == count
    del ann


def test_jobs_come_at_the_middle_and_the_end(ann: Account) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        now = timezone.now()
        Climber().know_password(ADDRESS)
        pass_time(clock, timedelta(hours=36))
        jobs = DBTaskResult.objects.filter(task_path="accounts.recovery.waiting.due.tell_due")
        moments = set(jobs.values_list("run_after", flat=True))
    assert moments == {now + timedelta(hours=36), now + timedelta(hours=72)}
    del ann


def test_a_wait_whose_middle_nobody_was_told_of_in_time_goes_on_by_half(ann: Account) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        Climber().know_password(ADDRESS)
        due = recovery(ann).opens_at
        pass_time(clock, timedelta(hours=100))
        row = recovery(ann)
        assert due is not None
        assert row.opens_at == timezone.now() + timedelta(hours=36)
        assert "2:00" in post.newest().text or "4:00am on 8 March 2026" in post.newest().text


@pytest.mark.parametrize("password", ["wrong", "", "\x00", PASSWORD + "x", "x" * 5000])
def test_a_wrong_password_begins_nothing(ann: Account, password: str) -> None:
    assert Climber().know_password(ADDRESS, password).status_code == 200
    assert not RecoveryRequest.objects.exists()
    assert told("asked to get back") == set()
    del ann


def test_a_password_that_a_mailed_link_chose_begins_nothing(ann: Account) -> None:
    ann.password_from_mailbox = True
    ann.save()
    page = Climber().know_password(ADDRESS)
    assert "not the password that we need" in page.content.decode()
    assert not RecoveryRequest.objects.exists()


def test_a_password_that_its_owner_set_aside_begins_nothing(ann: Account) -> None:
    ann.password_suspect_since = timezone.now()
    ann.save()
    Climber().know_password(ADDRESS)
    assert not RecoveryRequest.objects.exists()


def test_guesses_behind_the_link_are_limited(ann: Account) -> None:
    climber = Climber()
    address = f"/get-back-in/password/{climber.token(ADDRESS)}"
    answers = [climber.client.post(address, {"password": "x"}).status_code for _try in range(11)]
    assert answers == [200] * 10 + [429]
    del ann


def test_asking_twice_waits_once(ann: Account) -> None:
    for _time in range(2):
        assert Climber().know_password(ADDRESS).status_code == 302
    assert RecoveryRequest.objects.filter(account=ann).count() == 1
    assert len([letter for letter in post.letters() if "asked to get" in letter.subject]) == 2


def test_a_link_stops_it_once_and_leads_both_sides_to_the_staff(ann: Account) -> None:
    climber = Climber()
    climber.know_password(ADDRESS)
    assert stop(Climber()) == 302
    row = recovery(ann)
    assert (row.state, row.paused_at is not None) == ("paused", True)
    assert told("is stopped") == {ADDRESS, "second@example.org"}
    assert "show us who you are" in post.newest().text
    page = climber.client.get(f"/get-back-in/ways/{climber.token(ADDRESS)}").content.decode()
    assert "show us who you are" in page


def test_what_was_stopped_never_opens_and_is_not_begun_anew(ann: Account) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        Climber().know_password(ADDRESS)
        stop(Climber())
        wait_it_out(clock)
        assert told("can be chosen now") == set()
        assert Climber().know_password(ADDRESS).status_code == 409
    assert RecoveryRequest.objects.filter(account=ann).count() == 1


def test_what_the_staff_resumed_is_not_stopped_by_a_link_again(ann: Account) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        Climber().know_password(ADDRESS)
        stop(Climber())
        assert operations.resume(request=recovery(ann), by=OPERATOR) is None
        assert stop(Climber()) == 409
        wait_it_out(clock)
        assert told("can be chosen now") == {ADDRESS, "second@example.org"}
        assert recovery(ann).state == "waiting"


def test_the_staff_may_end_it(ann: Account) -> None:
    Climber().know_password(ADDRESS)
    assert operations.cancel(request=recovery(ann), by=OPERATOR) is None
    assert operations.cancel(request=recovery(ann), by=OPERATOR) is Refusal.OVER
    assert "Getting back in was cancelled" in post.newest().text
    assert operations.resume(request=recovery(ann), by=OPERATOR) is Refusal.OVER
    assert recovery(ann).state == "cancelled"
    assert Climber().know_password(ADDRESS).status_code == 302


def test_opening_the_page_that_stops_changes_nothing(ann: Account) -> None:
    climber = Climber()
    climber.know_password(ADDRESS)
    link = post.newest().path("/get-back-in/stop/")
    for _look in range(3):
        assert climber.client.get(link).status_code == 200
    climber.client.head(link)
    assert recovery(ann).state == "waiting"


def test_a_link_from_a_mailbox_marked_unsafe_since_stops_nothing(ann: Account) -> None:
    climber = Climber()
    climber.know_password(ADDRESS)
    link = post.newest().path("/get-back-in/stop/")
    ann.email_addresses.update(unsafe_since=timezone.now())
    assert climber.client.post(link).status_code == 404
    assert recovery(ann).state == "waiting"


def test_it_expires_a_fortnight_after_it_opened(ann: Account) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        Climber().know_password(ADDRESS)
        wait_it_out(clock)
        pass_time(clock, timedelta(days=14))
        assert recovery(ann).state == "expired"
        assert Climber().know_password(ADDRESS).status_code == 302


def test_every_step_is_recorded(ann: Account) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        Climber().know_password(ADDRESS)
        stop(Climber())
        pass_time(clock, timedelta(days=40))
    events = AuditEvent.objects.filter(account_id=ann.pk, event__contains=":recovery:")
    assert [event.event.rpartition(":")[2] for event in events.order_by("pk")] == [
        "requested",
        "started",
        "paused",
        "expired",
    ]
    assert events.get(event="account:recovery:started").detail["opens_at"]


def test_the_mail_of_the_end_stops_it_too_and_opening_the_page_does_not(ann: Account) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        Climber().know_password(ADDRESS)
        wait_it_out(clock)
        link = post.newest().path("/get-back-in/go-on/")
        reader = Climber().client
        assert f"{link}/stop" in reader.get(link).content.decode()
        assert reader.get(f"{link}/stop").status_code == 200
        assert recovery(ann).state == "waiting"
        assert reader.post(f"{link}/stop")["Location"] == f"{link}/stop"
        assert "It is stopped" in reader.get(f"{link}/stop").content.decode()
        assert recovery(ann).state == "paused"
        assert reader.post(link, {"password": PASSWORD}).status_code == 409


def test_whoever_neither_asked_nor_stopped_it_signs_everybody_out_and_it_stays_stopped(
    ann: Account,
) -> None:
    with time_machine.travel(NOON, tick=False):
        Climber().know_password(ADDRESS)
        session = factories.session(ann)
        stop(Climber())
        paused = next(x for x in reversed(post.letters()) if "is stopped" in x.subject)
        link = paused.path("/safety/")
        assert "stopped until somebody has checked" in Climber().client.get(link).content.decode()
        assert Climber().client.post(link).status_code == 303
    session.refresh_from_db()
    assert session.end_reason == "not_me"
    assert recovery(ann).state == "paused"
