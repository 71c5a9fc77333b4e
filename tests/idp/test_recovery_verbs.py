"""`manage.py account recovery`, `recovery-code`, `recovery-resume` and `recovery-cancel`."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accounts.audit.actor import ANONYMOUS
from accounts.models import Account, AuditEvent, Authenticator
from accounts.recovery.waiting.operations import pause
from tests import factories
from tests.accounts import post
from tests.accounts.recovery.climber import Climber, pass_time, recovery
from tests.commands import refused, run, text
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

ADDRESS = "ann@example.org"


@pytest.fixture
def ann() -> Account:
    account = factories.account(ADDRESS, password=PASSWORD)
    Authenticator.objects.create(account=account, kind=Authenticator.Kind.APP)
    return account


def test_staff_see_who_waits_and_until_when(ann: Account) -> None:
    Climber().know_password(ADDRESS)
    shown = run("account", "recovery", ADDRESS)
    assert (shown["rung"], shown["state"]) == ("known_password", "waiting")
    assert shown["account"] == str(ann.pk)
    assert shown["opens_at"] > shown["started_at"]
    assert shown["stopped_at"] is None


@pytest.mark.usefixtures("ann")
def test_page_mails_and_staff_tell_the_same_time_and_what_to_do_until_then() -> None:
    """In summer, when the time here is not the one that the database keeps."""
    with time_machine.travel("2026-07-01T12:00:00+00:00", tick=False) as clock:
        climber = Climber()
        page = climber.client.get(climber.know_password(ADDRESS)["Location"]).content.decode()
        started = post.newest().text
        shown = run("account", "recovery", ADDRESS)
        pass_time(clock, timedelta(hours=36))
        halfway = post.newest().text
    for told in (page, started, halfway):
        assert "1:00pm on 4 July 2026" in told
        assert "020 7946 0000" in told
        assert "without this account" in told
    assert shown["told_to_open"] == "4 July 2026 at 1:00pm"
    assert datetime.fromisoformat(shown["opens_at"]) == datetime(2026, 7, 4, 12, tzinfo=UTC)
    assert "020 7946 0000" in shown["until_then"]


@pytest.mark.usefixtures("ann")
@pytest.mark.parametrize("verb", ["recovery", "recovery-resume", "recovery-cancel"])
def test_where_nobody_waits_there_is_nothing_to_do(verb: str) -> None:
    message, code = refused("account", verb, ADDRESS)
    assert "Nobody waits" in message
    assert code


@pytest.mark.parametrize(
    "verb", ["recovery", "recovery-code", "recovery-resume", "recovery-cancel"]
)
@pytest.mark.parametrize("named", ["nobody@example.org", "", "\x00", "x" * 3000])
def test_an_account_that_nobody_has_is_refused(verb: str, named: str) -> None:
    message, _code = refused("account", verb, named)
    assert "There is no account" in message


def test_a_code_is_told_once_and_begins_the_wait(ann: Account) -> None:
    printed, cautions = text("account", "recovery-code", ADDRESS)
    # Not a piece of the account's id, which may be all digits.
    found = re.search(r"(?<![\w-])[A-Z0-9]{4}-[A-Z0-9]{4}(?![\w-])", printed)
    assert found
    assert "once you have seen who they are" in printed + cautions
    row = recovery(ann)
    assert found[0].replace("-", "") not in row.code_hash
    assert found[0] not in str(list(AuditEvent.objects.values()))
    Climber().type_code(ADDRESS, found[0])
    assert run("account", "recovery", ADDRESS)["rung"] == "counter"


def test_a_second_code_makes_the_first_void(ann: Account) -> None:
    first = run("account", "recovery-code", ADDRESS)["code"]
    second = run("account", "recovery-code", ADDRESS)["code"]
    assert Climber().type_code(ADDRESS, first).status_code == 200
    assert Climber().type_code(ADDRESS, second).status_code == 302
    assert recovery(ann).state == "waiting"


def test_what_was_stopped_goes_on_at_the_staffs_word(ann: Account) -> None:
    Climber().know_password(ADDRESS)
    assert "not stopped" in refused("account", "recovery-resume", ADDRESS)[0]
    pause(request=recovery(ann), by=ANONYMOUS)
    assert run("account", "recovery", ADDRESS)["state"] == "paused"
    resumed = run("account", "recovery-resume", ADDRESS)
    assert resumed["state"] == "waiting"
    assert resumed["stopped_at"] is not None


def test_what_a_stranger_began_is_ended(ann: Account) -> None:
    Climber().know_password(ADDRESS)
    assert run("account", "recovery-cancel", ADDRESS)["state"] == "cancelled"
    assert "Nobody waits" in refused("account", "recovery-cancel", ADDRESS)[0]
    cancelled = AuditEvent.objects.get(event="account:recovery:cancelled")
    assert (cancelled.account_id, cancelled.actor_kind) == (ann.pk, "operator")
