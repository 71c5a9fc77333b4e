"""The mailed link lets the browser go on in which its button is pressed, and no other."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings

from accounts.limits import operations as limits
from accounts.limits.table import SIGN_IN_MAIL_DAILY, SIGN_IN_NAME
from accounts.models import Account, PendingSignIn
from tests.accounts import post
from tests.accounts.signin.mailed_code.guest import NAME, NOBODY, WRONG, Guest
from tests.factories import people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("account")]

START = "/sign-in/mailed-link/"
NOON = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)


def sent(guest: Guest, name: str = NAME) -> str:
    """Ask for a mail and return the path of its link."""
    assert guest.send(name).status_code == 302
    return post.newest().path(START)


def new_flow(answer: object) -> str:
    """Return the sign-in that a button led on to."""
    location = str(answer["Location"])  # type: ignore[index]  # Django's test response
    assert location.startswith("/sign-in?flow=")
    return location.partition("flow=")[2]


def test_in_the_browser_that_asked_the_same_sign_in_goes_on() -> None:
    guest = Guest()
    path = sent(guest)
    page = guest.get(path).content.decode()
    assert "another device" not in page
    assert NAME in page
    assert new_flow(guest.follow(path)) == guest.flow
    assert guest.password().status_code == 303
    assert guest.session is not None


def test_in_another_browser_a_sign_in_begins_there_and_the_one_that_asked_gains_nothing() -> None:
    stranger, owner = Guest("203.0.113.9"), Guest()
    path = sent(stranger)
    page = owner.get(path).content.decode()
    assert "go back there and type the code" in page
    owner.flow = new_flow(owner.follow(path))
    assert owner.flow != stranger.flow
    assert PendingSignIn.objects.get(pk=stranger.flow).mailbox_proved_key == ""
    assert "another way first" in stranger.password().content.decode()
    assert owner.password().status_code == 303


def test_a_stranger_who_uses_up_the_mails_has_sent_the_owner_links_that_work() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        links: list[str] = []
        for number in range(SIGN_IN_MAIL_DAILY.amount):
            Guest(f"198.51.{number}.1").send()
            links = [letter.path(START) for letter in post.letters()]
            clock.shift(timedelta(minutes=20))
        clock.move_to(NOON + SIGN_IN_MAIL_DAILY.window - timedelta(minutes=1))
        owner = Guest("192.0.2.9")
        assert owner.send().status_code == 429
        while limits.hit(SIGN_IN_NAME, NAME).allowed:
            pass
        assert "another way first" in owner.password().content.decode()
        owner.flow = new_flow(owner.follow(links[-1]))
        assert "is not right" in owner.password(password=WRONG).content.decode()
        assert owner.password().status_code == 303
    assert len(links) == SIGN_IN_MAIL_DAILY.amount


def test_it_works_once_and_neither_does_its_code_after_it() -> None:
    guest, other = Guest(), Guest()
    path = sent(guest)
    code = post.newest().code
    other.follow(path)
    again = guest.follow(path)
    assert again.status_code == 404
    assert "used already" in again.content.decode()
    assert "not the code" in guest.code(code).content.decode()


def test_a_code_that_was_typed_uses_up_its_link() -> None:
    guest = Guest()
    path = sent(guest)
    guest.code(post.newest().code)
    assert guest.follow(path).status_code == 404


def test_an_older_link_still_works_when_a_newer_mail_was_asked_for() -> None:
    guest = Guest()
    path = sent(guest)
    guest.send(NOBODY)
    guest.send(again="yes")
    post.send()
    assert new_flow(guest.follow(path)) == guest.flow


def test_it_outlives_its_code_and_sign_in_by_a_day_and_leads_where_that_led() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        guest = Guest()
        path = sent(guest)
        clock.shift(settings.SIGN_IN_LINK_LIFETIME)
        dead = guest.get(path)
        clock.move_to(NOON + settings.FLOW_LIFETIME)
        flow = PendingSignIn.objects.get(pk=new_flow(guest.follow(path)))
    assert dead.status_code == 404
    assert "too old" in dead.content.decode()
    assert flow.pk != guest.flow
    assert flow.return_to == "/help/contact"


def test_the_limits_last_no_longer_than_the_link() -> None:
    assert SIGN_IN_MAIL_DAILY.window <= settings.SIGN_IN_LINK_LIFETIME


@pytest.mark.parametrize("token", ["x" * 43, "x", "%00", "ü" * 300])
def test_what_is_no_link_of_ours_leads_back_to_the_code(token: str) -> None:
    for answer in (Guest().get(START + token), Guest().follow(START + token)):
        assert answer.status_code == 404
        assert "type the code" in answer.content.decode() or "Page not found" in (
            answer.content.decode()
        )


@pytest.mark.parametrize(
    "change",
    [
        {"email_addresses": {"unsafe_since": NOON}},
        {"email_addresses": {"address_key": "other@example.org"}},
        {"account": {"status": "closed"}},
    ],
)
def test_a_link_to_an_address_that_is_not_the_accounts_any_more_is_dead(
    account: Account, change: dict[str, dict[str, object]]
) -> None:
    guest = Guest()
    path = sent(guest)
    account.email_addresses.update(**change.get("email_addresses", {"is_primary": True}))
    Account.objects.filter(pk=account.pk).update(**change.get("account", {"language": "en-gb"}))
    assert guest.follow(path).status_code == 404
    assert PendingSignIn.objects.get(pk=guest.flow).mailbox_proved_key == ""


def test_it_signs_nobody_in_and_needs_the_password_of_its_own_account() -> None:
    people.account("ben@example.org", password=people.PASSWORD)
    guest = Guest()
    guest.follow(sent(guest, "ben@example.org"))
    assert guest.session is None
    assert "another way first" in guest.password(NAME).content.decode()


def test_a_button_that_another_site_presses_goes_nowhere() -> None:
    guest = Guest()
    path = sent(guest)
    other = Guest()
    other.client.handler.enforce_csrf_checks = True
    assert other.follow(path).status_code == 403
    assert new_flow(guest.follow(path)) == guest.flow
