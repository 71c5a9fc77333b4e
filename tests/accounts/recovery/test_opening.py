"""The end of the wait: shown once more, everything old ends, and nothing changes for two days."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Account, Authenticator, RecoveryRequest, RememberedDevice, Session
from accounts.recovery.rules import CHOOSING_LASTS
from tests import factories
from tests.accounts import post
from tests.accounts.recovery.climber import Climber, pass_time, path_of, recovery, wait_it_out
from tests.accounts.recovery.reset.forgetful import NEW, Forgetful
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

ADDRESS = "ann@example.org"
NOON = "2026-03-02T12:00:00+00:00"


@pytest.fixture
def ann() -> Account:
    account = factories.account(ADDRESS, password=PASSWORD)
    Authenticator.objects.create(account=account, kind=Authenticator.Kind.APP)
    return account


@pytest.mark.parametrize("page", ["choose", "choose-passkey"])
def test_whoever_needs_longer_to_choose_opens_the_step_again_by_the_same_link(
    ann: Account, page: str
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        climber = Climber()
        climber.know_password(ADDRESS)
        wait_it_out(clock)
        link = post.newest().path("/get-back-in/go-on/")
        for _time in range(3):
            shown = climber.client.post(link, {"password": PASSWORD})
            address = shown["Location"].replace("choose?", f"{page}?")
            said = climber.client.get(address).content.decode()
            assert "open the link in our last email again" in said
            clock.shift(CHOOSING_LASTS)
            assert climber.client.get(address).status_code == 409
            assert climber.choose(shown).status_code == 409
        assert has(ann, PASSWORD)
        climber.choose(climber.client.post(link, {"password": PASSWORD}))
        assert has(ann, NEW)


@pytest.mark.parametrize(
    "rung, said",
    [
        ("known_password", "Type the password of your account once more."),
        ("post", "Type the code from the letter once more."),
        ("counter", "Type the code from our staff once more."),
    ],
)
@pytest.mark.usefixtures("ann")
def test_the_page_at_the_end_asks_for_what_the_recovery_began_with(rung: str, said: str) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        climber = Climber()
        climber.know_password(ADDRESS)
        wait_it_out(clock)
        RecoveryRequest.objects.update(rung=rung)
        page = climber.client.get(post.newest().path("/get-back-in/go-on/")).content.decode()
    assert said in page
    assert ("from the letter" in page) is (rung == "post")


def has(account: Account, password: str) -> bool:
    account.refresh_from_db()
    return account.check_password(password)


def test_after_three_days_the_password_opens_and_a_new_one_replaces_everything(
    ann: Account,
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        climber = Climber()
        climber.know_password(ADDRESS)
        wait_it_out(clock)
        factories.session(ann)
        RememberedDevice.objects.create(
            account=ann,
            token_hash="x",
            started_on="Firefox",
            expires_at=timezone.now() + timedelta(days=1),
        )
        done = climber.choose(climber.go_on())
        now = timezone.now()
    assert path_of(done) == "/get-back-in/done"
    assert has(ann, NEW)
    assert not Authenticator.objects.filter(account=ann).exists()
    assert set(Session.objects.values_list("end_reason", flat=True)) == {"recovered"}
    assert not RememberedDevice.objects.filter(ended_at=None).exists()
    assert ann.changes_held_until == now + timedelta(hours=48)
    assert recovery(ann).state == "done"
    assert "New ways to sign in were chosen" in post.newest().text
    assert post.newest().path("/safety/")
    assert "session" not in climber.client.cookies


def test_it_leads_to_a_sign_in_that_asks_for_a_second_step_where_there_was_one(
    ann: Account,
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        climber = Climber()
        climber.know_password(ADDRESS)
        wait_it_out(clock)
        done = climber.choose(climber.go_on())
        flow = str(done["Location"]).partition("flow=")[2]
        assert f"/sign-in?flow={flow}" in climber.client.get(done["Location"]).content.decode()
        values = {"sign_in_name": ADDRESS, "password": NEW, "flow": flow}
        signed_in = climber.client.post("/sign-in", values)
    assert path_of(signed_in) == "/account/ways-to-sign-in/needed"
    del ann


def test_nothing_opens_a_minute_early(ann: Account) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        climber = Climber()
        climber.know_password(ADDRESS)
        pass_time(clock, timedelta(hours=36))
        pass_time(clock, timedelta(hours=35, minutes=59))
        row = recovery(ann)
        climber.sign_in_as(ann, "password", "recovery_code")
        assert climber.client.post("/account/getting-back-in/choose").status_code == 409
        address = f"/get-back-in/choose?recovery={row.pk}"
        assert climber.client.post(address, {"password": NEW}).status_code == 409
    assert has(ann, PASSWORD)


@pytest.mark.parametrize("typed", ["wrong", "x" * 3000, "\x00"])
def test_the_link_without_the_password_opens_nothing(ann: Account, typed: str) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        climber = Climber()
        climber.know_password(ADDRESS)
        wait_it_out(clock)
        assert climber.go_on(typed).status_code == 200
        address = f"/get-back-in/choose?recovery={recovery(ann).pk}"
        assert climber.client.get(address).status_code == 409
        assert climber.client.post(address, {"password": NEW}).status_code == 409
    assert has(ann, PASSWORD)


def test_whoever_reads_the_mailbox_gets_nothing_out_of_the_owners_wait(ann: Account) -> None:
    """The owner asks; a thief with the mailbox resets the password and follows the last link."""
    with time_machine.travel(NOON, tick=False) as clock:
        Climber().know_password(ADDRESS)
        pass_time(clock, timedelta(hours=36))
        thief = Forgetful()
        thief.choose(thief.link(ADDRESS), "stolen lantern orchard")
        pass_time(clock, timedelta(hours=36))
        page = Climber().go_on("stolen lantern orchard")
        assert "not the password that we need" in page.content.decode()
    assert Authenticator.objects.filter(account=ann).exists()
    assert recovery(ann).opened_at is None


def test_another_browser_chooses_nothing(ann: Account) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        climber = Climber()
        climber.know_password(ADDRESS)
        wait_it_out(clock)
        shown = climber.go_on()
        assert Climber().choose(shown).status_code == 409
        assert Client().get(shown["Location"]).status_code == 409
        assert climber.client.get(shown["Location"]).status_code == 200
    assert has(ann, PASSWORD)


def test_choosing_waits_for_half_an_hour_and_begins_anew_after_that(ann: Account) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        climber = Climber()
        climber.know_password(ADDRESS)
        wait_it_out(clock)
        shown = climber.go_on()
        clock.shift(timedelta(minutes=31))
        assert climber.choose(shown).status_code == 409
        assert path_of(climber.choose(climber.go_on())) == "/get-back-in/done"
    assert has(ann, NEW)


def test_stopping_it_ends_also_what_was_opened(ann: Account) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        climber = Climber()
        climber.know_password(ADDRESS)
        stop = post.newest().path("/get-back-in/stop/")
        wait_it_out(clock)
        shown = climber.go_on()
        Climber().client.post(stop)
        assert climber.choose(shown).status_code == 409
    assert has(ann, PASSWORD)


@pytest.mark.parametrize("status", ["suspended", "closed", "frozen"])
def test_an_account_that_was_stopped_meanwhile_is_not_opened(ann: Account, status: str) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        climber = Climber()
        climber.know_password(ADDRESS)
        wait_it_out(clock)
        shown = climber.go_on()
        Account.objects.update(status=status)
        assert climber.choose(shown).status_code == 409
        assert climber.go_on().status_code == 409
    assert has(ann, PASSWORD)


def test_it_is_done_once(ann: Account) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        climber = Climber()
        climber.know_password(ADDRESS)
        wait_it_out(clock)
        shown = climber.go_on()
        climber.choose(shown)
        assert climber.choose(shown, "another lantern orchard").status_code == 409
        assert climber.client.post(shown["Location"], {}).status_code == 409
    assert has(ann, NEW)


def test_a_weak_password_is_refused_and_leaves_the_page_open(ann: Account) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        climber = Climber()
        climber.know_password(ADDRESS)
        wait_it_out(clock)
        shown = climber.go_on()
        assert "12 characters or more" in climber.choose(shown, "short").content.decode()
        assert path_of(climber.choose(shown)) == "/get-back-in/done"
    del ann


@pytest.mark.parametrize("named", ["", "x", "\x00", "00000000-0000-0000-0000-000000000000"])
def test_an_address_that_names_no_recovery_is_refused(named: str) -> None:
    client = Client()
    assert client.get("/get-back-in/choose", {"recovery": named}).status_code == 409
    assert client.post(f"/get-back-in/choose?recovery={named}", {}).status_code == 409


def recovered(ann: Account, clock: time_machine.Traveller) -> Climber:
    """Recover the account and sign in with the new password."""
    climber = Climber()
    climber.know_password(ADDRESS)
    wait_it_out(clock)
    done = climber.choose(climber.go_on())
    flow = str(done["Location"]).partition("flow=")[2]
    values = {"sign_in_name": ann.sign_in_name, "password": NEW, "flow": flow}
    climber.client.post("/sign-in", values)
    return climber


def test_one_second_way_may_be_added_at_once_and_then_everything_is_held(ann: Account) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        climber = recovered(ann, clock)
        assert climber.client.get("/account/ways-to-sign-in/app").status_code == 200
        assert climber.client.get("/account/ways-to-sign-in/recovery-codes").status_code == 403
        Authenticator.objects.create(account=ann, kind=Authenticator.Kind.APP)
        assert climber.client.get("/account/ways-to-sign-in/app").status_code == 403


def test_an_hour_later_no_way_is_added_and_after_two_days_one_is(ann: Account) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        climber = recovered(ann, clock)
        clock.shift(timedelta(minutes=61))
        climber.sign_in_as(ann, "password")
        assert climber.client.get("/account/ways-to-sign-in/app").status_code == 403
        clock.shift(timedelta(hours=46, minutes=58))
        climber.sign_in_as(ann, "password")
        assert climber.client.get("/account/ways-to-sign-in/app").status_code == 403
        clock.shift(timedelta(minutes=2))
        assert climber.client.get("/account/ways-to-sign-in/app").status_code == 200


def test_a_link_mailed_before_chooses_no_password_after_it(ann: Account) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        climber = Climber()
        climber.know_password(ADDRESS)
        wait_it_out(clock)
        choosing = climber.go_on()
        thief = Forgetful()
        clock.shift(timedelta(seconds=1))
        link = thief.link(ADDRESS)
        climber.choose(choosing)
        assert thief.choose(link, "stolen lantern orchard").status_code == 404
    assert has(ann, NEW)


@pytest.mark.usefixtures("ann")
def test_while_it_holds_a_mailbox_alone_gets_no_other_password() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        climber = Climber()
        climber.know_password(ADDRESS)
        wait_it_out(clock)
        climber.choose(climber.go_on())
        Forgetful().ask(ADDRESS)
        assert "Its password cannot be changed by email at the moment" in post.newest().text
        pass_time(clock, timedelta(hours=49))
        assert Forgetful().link(ADDRESS)
