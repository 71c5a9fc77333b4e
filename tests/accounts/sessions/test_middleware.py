"""What a request knows of its browser and of who is signed in."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import override_settings
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.models import Session
from accounts.suspension.operations import suspend
from tests.accounts.visitor import Visitor
from tests.factories import people

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def visitor() -> Visitor:
    people.account("ann@example.org", password=people.PASSWORD)
    visitor = Visitor()
    visitor.submit("ann@example.org")
    return visitor


def test_a_session_ends_after_an_hour_without_a_page(visitor: Visitor) -> None:
    with time_machine.travel(timezone.now() + settings.SESSION_IDLE, tick=False):
        assert visitor.session is None


def test_a_session_in_use_lasts_beyond_the_hour(visitor: Visitor) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _time in range(4):
            clock.shift(settings.SESSION_IDLE - MINUTE)
            assert visitor.session is not None


def test_a_session_ends_after_twelve_hours_however_it_is_used(visitor: Visitor) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _time in range(23):
            clock.shift(timedelta(minutes=30))
            assert visitor.session is not None
        clock.shift(timedelta(minutes=30))
        assert visitor.session is None


def test_an_ended_session_signs_nobody_in_and_its_cookie_goes(visitor: Visitor) -> None:
    Session.objects.update(ended_at=timezone.now())
    assert visitor.session is None
    assert visitor.cookie == ""


def test_a_suspended_account_is_signed_in_nowhere_even_if_a_session_were_left(
    visitor: Visitor,
) -> None:
    session = visitor.session
    assert session is not None
    suspend(account=session.account, by=OPERATOR)
    Session.objects.update(ended_at=None)
    assert visitor.session is None


def test_being_seen_is_written_once_a_minute_at_most(visitor: Visitor) -> None:
    start = Session.objects.get().last_seen_at
    with time_machine.travel(start + timedelta(seconds=59), tick=False) as clock:
        visitor.get("/help/contact")
        assert Session.objects.get().last_seen_at == start
        clock.shift(timedelta(seconds=1))
        visitor.get("/help/contact")
        assert Session.objects.get().last_seen_at == start + MINUTE


@pytest.mark.parametrize("old_key_kept", [True, False])
def test_a_session_and_a_flow_count_as_long_as_the_key_that_hashed_them(
    visitor: Visitor, *, old_key_kept: bool
) -> None:
    flow = visitor.begin()
    old = settings.HASH_KEYS if old_key_kept else {}
    with override_settings(HASH_KEYS={"new": "another secret", **old}):
        page = visitor.get(f"/sign-in?flow={flow}")
        assert page.status_code == (200 if old_key_kept else 400)
        assert bool(visitor.session) is old_key_kept


def test_a_browser_keeps_its_id() -> None:
    visitor = Visitor()
    visitor.get("/help/contact")
    first = visitor.client.cookies[settings.BROWSER_COOKIE_NAME].value
    response = visitor.get("/help/contact")
    assert settings.BROWSER_COOKIE_NAME not in response.cookies
    assert response.wsgi_request.COOKIES[settings.BROWSER_COOKIE_NAME] == first


@pytest.mark.parametrize("planted", ["x", "A" * 42, "A" * 44, "A" * 42 + "!"])
def test_a_browser_id_that_we_did_not_make_is_replaced(planted: str) -> None:
    visitor = Visitor()
    visitor.client.cookies[settings.BROWSER_COOKIE_NAME] = planted
    visitor.get("/help/contact")
    assert visitor.client.cookies[settings.BROWSER_COOKIE_NAME].value != planted


def test_a_page_that_needs_no_browser_id_sets_no_cookie() -> None:
    assert not Visitor().get("/manifest.webmanifest").cookies


@pytest.mark.parametrize("name", ["BROWSER_COOKIE_NAME", "SIGNED_IN_COOKIE_NAME"])
def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(
    visitor: Visitor, name: str
) -> None:
    cookie = visitor.client.cookies[getattr(settings, name)]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert (cookie["domain"], cookie["max-age"], cookie["expires"]) == ("", "", "")


def test_every_page_says_that_nobody_may_keep_it() -> None:
    for path in ("/help/contact", "/nowhere", "/sign-in", "/sign-out"):
        assert Visitor().get(path)["Cache-Control"] == "no-store"


def test_what_may_be_kept_keeps_its_own_rule() -> None:
    assert "no-store" not in Visitor().get("/manifest.webmanifest")["Cache-Control"]
