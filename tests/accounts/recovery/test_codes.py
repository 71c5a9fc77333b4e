"""Codes by post and from a counter: never alone, not for guessing, and asked for twice."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from accounts.audit.actor import OPERATOR
from accounts.letters.jobs import send_letter
from accounts.letters.minting import mint_recovery_code
from accounts.models import Account, Authenticator, Freeze, Letter, PostalAddress, RecoveryRequest
from accounts.recovery.codes import operations
from accounts.recovery.codes.operations import as_code, give_at_counter
from accounts.recovery.rules import CODE_TRIES
from tests import factories
from tests.accounts import post
from tests.accounts.recovery.climber import Climber, path_of, recovery, wait_it_out
from tests.accounts.recovery.reset.forgetful import NEW
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

ADDRESS = "ann@example.org"
NOON = "2026-03-02T12:00:00+00:00"


@pytest.fixture
def ann(settings: Settings) -> Account:
    settings.LETTERS_ADAPTER = "tests.accounts.letters.pillar_box.PillarBox"
    account = factories.account(ADDRESS)
    Authenticator.objects.create(account=account, kind=Authenticator.Kind.PASSKEY)
    return account


def live_at(account: Account, **columns: object) -> PostalAddress:
    """Give the account an address, checked long ago unless told otherwise."""
    long_ago = timezone.now() - timedelta(days=60)
    defaults = {"lines": "1 High Street\nExample", "postcode": "EX1 1AA"}
    times = {"changed_at": long_ago, "checked_at": long_ago + timedelta(days=1)}
    return PostalAddress.objects.create(account=account, **{**defaults, **times, **columns})


def posted_code(account: Account) -> str:
    """Ask for a letter and return what it says; the worker's own mint is in its own tests."""
    climber = Climber()
    climber.client.post(f"/get-back-in/post/{climber.token(ADDRESS)}")
    return mint_recovery_code(recovery(account))


def test_a_code_by_post_with_the_mailbox_replaces_everything_after_a_day(ann: Account) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        live_at(ann)
        code = posted_code(ann)
        climber = Climber()
        begun = climber.type_code(ADDRESS, f"{code[:4].lower()}-{code[4:]}")
        assert "12:00pm on 3 March 2026" in climber.client.get(begun["Location"]).content.decode()
        wait_it_out(clock, 24)
        assert climber.go_on("CCCCCCCC", "code").status_code == 200
        done = climber.choose(climber.go_on(code, "code"))
    assert path_of(done) == "/get-back-in/done"
    ann.refresh_from_db()
    assert ann.check_password(NEW)
    assert recovery(ann).rung == "post"


def test_the_last_mails_link_opens_nothing_without_the_code(ann: Account) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        live_at(ann)
        climber = Climber()
        climber.type_code(ADDRESS, posted_code(ann))
        wait_it_out(clock, 24)
        assert climber.go_on("", "code").status_code == 200
        assert climber.go_on("CDFGHJKM", "code").status_code == 200
    assert recovery(ann).opened_at is None


@pytest.mark.parametrize(
    "columns",
    [
        {"checked_at": None},
        {"changed_at": timezone.now()},
        {"no_fixed_address": True},
        {"lines": ""},
        {"unsafe_since": timezone.now()},
    ],
)
def test_no_letter_goes_to_an_address_that_is_not_sure(
    ann: Account, columns: dict[str, object]
) -> None:
    live_at(ann, **columns)
    climber = Climber()
    assert climber.client.post(f"/get-back-in/post/{climber.token(ADDRESS)}").status_code == 409
    assert not Letter.objects.exists()


def test_an_address_is_sure_after_thirty_days_unchanged(ann: Account) -> None:
    now = timezone.now()
    live_at(ann, changed_at=now - timedelta(days=29), checked_at=now)
    assert not operations.may_be_posted(ann, ADDRESS)
    PostalAddress.objects.update(changed_at=now - timedelta(days=30))
    assert operations.may_be_posted(ann, ADDRESS)


def test_no_letter_goes_out_where_letters_are_off(ann: Account, settings: Settings) -> None:
    settings.LETTERS_ADAPTER = ""
    live_at(ann)
    assert not operations.may_be_posted(ann, ADDRESS)


def test_who_shares_the_mailbox_may_share_the_letterbox_and_gets_no_letter(ann: Account) -> None:
    live_at(ann)
    factories.account(ADDRESS, sign_in_name="ben.example")
    climber = Climber()
    assert climber.client.post(f"/get-back-in/post/{climber.token(ADDRESS)}").status_code == 409


def test_two_letters_a_month(ann: Account) -> None:
    live_at(ann)
    climber = Climber()
    address = f"/get-back-in/post/{climber.token(ADDRESS)}"
    assert [climber.client.post(address).status_code for _try in range(3)] == [302, 302, 429]


def test_a_new_letter_makes_the_older_code_void(ann: Account) -> None:
    live_at(ann)
    older, newer = posted_code(ann), posted_code(ann)
    assert Climber().type_code(ADDRESS, older).status_code == 200
    assert Climber().type_code(ADDRESS, newer).status_code == 302


def test_a_code_from_a_counter_replaces_everything_after_a_day_and_unfreezes(ann: Account) -> None:
    Account.objects.update(status=Account.Status.FROZEN)
    Freeze.objects.create(account=ann, by=Freeze.By.MAIL, level=2)
    with time_machine.travel(NOON, tick=False) as clock:
        code = give_at_counter(account=ann, by=OPERATOR)
        climber = Climber()
        climber.type_code(ADDRESS, code)
        wait_it_out(clock, 24)
        assert path_of(climber.choose(climber.go_on(code, "code"))) == "/get-back-in/done"
    ann.refresh_from_db()
    assert ann.status == "active"
    assert not ann.freezes.filter(ended_at=None).exists()


def test_a_code_from_a_counter_takes_the_place_of_what_was_stopped(ann: Account) -> None:
    ann.set_password(PASSWORD)
    ann.save()
    Climber().know_password(ADDRESS)
    stop = post.newest().path("/get-back-in/stop/")
    Climber().client.post(stop)
    code = give_at_counter(account=ann, by=OPERATOR)
    assert Climber().type_code(ADDRESS, code).status_code == 302
    assert (recovery(ann).rung, recovery(ann).state) == ("counter", "waiting")
    again = post.newest().path("/get-back-in/stop/")
    page = Climber().client.post(again)
    assert page.status_code == 409
    assert "showed us who they are" in page.content.decode()


def test_the_last_of_very_many_wrong_codes_ends_the_right_one(ann: Account) -> None:
    code = give_at_counter(account=ann, by=OPERATOR)
    RecoveryRequest.objects.update(code_tries=CODE_TRIES - 1)
    climber = Climber()
    address = f"/get-back-in/code/{climber.token(ADDRESS)}"
    assert climber.client.post(address, {"code": "CCCCCCCC"}).status_code == 200
    assert climber.client.post(address, {"code": code}).status_code == 200
    assert recovery(ann).state == "proving"


def test_a_code_is_good_for_its_own_account_and_its_own_time(ann: Account) -> None:
    factories.account("ben@example.org")
    code = give_at_counter(account=ann, by=OPERATOR)
    assert Climber().type_code("ben@example.org", code).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        assert Climber().type_code(ADDRESS, code).status_code == 200
    assert not RecoveryRequest.objects.filter(state="waiting").exists()


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "CDFGHJK",
        "CDFGHJKMN",
        "\uff23\uff24\uff26\uff27\uff28\uff2a\uff2b\uff2d",
        "CDFG\x00HJK",
        "cdfg hj\u200bk",
        "x" * 65,
    ],
)
def test_what_is_no_code_is_refused(ann: Account, typed: str) -> None:
    give_at_counter(account=ann, by=OPERATOR)
    assert Climber().type_code(ADDRESS, typed).status_code == 200
    assert as_code(typed) == ""


def test_a_letter_asked_for_by_nobody_who_is_let_in_is_not_sent(ann: Account) -> None:
    live_at(ann)
    posted_code(ann)
    PostalAddress.objects.update(unsafe_since=timezone.now())
    letter = Letter.objects.get()
    send_letter.call(str(letter.pk))
    letter.refresh_from_db()
    assert letter.state == "dropped"
