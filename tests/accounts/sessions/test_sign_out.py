"""Signing out of everything in this browser."""

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.models import Session
from tests.accounts.visitor import Visitor
from tests.factories import people

pytestmark = pytest.mark.django_db


def _signed_in(*, csrf: bool = False) -> Visitor:
    people.account("ann@example.org", password=people.PASSWORD)
    visitor = Visitor()
    visitor.submit("ann@example.org")
    visitor.client.handler.enforce_csrf_checks = csrf
    return visitor


def test_opening_the_page_signs_nobody_out() -> None:
    visitor = _signed_in()
    page = visitor.get("/sign-out")
    assert 'id="sign-out"' in page.content.decode()
    assert visitor.session is not None


def test_the_button_ends_the_session_and_takes_its_cookie() -> None:
    visitor = _signed_in()
    response = visitor.client.post("/sign-out")
    assert (response.status_code, response["Location"]) == (303, "/sign-out")
    assert visitor.cookie == ""
    assert Session.objects.get().end_reason == Session.EndReason.SIGNED_OUT
    assert "You are signed out" in visitor.get("/sign-out").content.decode()


def test_signing_out_twice_is_no_fault() -> None:
    visitor = _signed_in()
    visitor.client.post("/sign-out")
    assert "You are signed out" in visitor.client.post("/sign-out").content.decode()


def test_the_button_of_a_session_that_ran_out_meanwhile_leaves_nothing_of_it_behind() -> None:
    visitor = _signed_in()
    Session.objects.update(last_seen_at=timezone.now() - settings.SESSION_IDLE)
    response = visitor.client.post("/sign-out")
    assert (response.status_code, visitor.cookie) == (303, "")
    assert Session.objects.get().end_reason == Session.EndReason.SIGNED_OUT


def test_other_browsers_stay_signed_in() -> None:
    first = _signed_in()
    second = Visitor()
    second.submit("ann@example.org")
    first.client.post("/sign-out")
    assert second.session is not None


def test_the_old_cookie_is_worth_nothing_afterwards() -> None:
    visitor = _signed_in()
    kept = visitor.cookie
    visitor.client.post("/sign-out")
    visitor.client.cookies[settings.SIGNED_IN_COOKIE_NAME] = kept
    assert visitor.session is None


def test_another_site_cannot_sign_anybody_out() -> None:
    visitor = _signed_in(csrf=True)
    assert visitor.client.post("/sign-out").status_code == 403
    assert visitor.session is not None


def test_the_next_person_gets_another_form_secret() -> None:
    visitor = _signed_in()
    visitor.get("/sign-out")
    before = visitor.client.cookies[settings.CSRF_COOKIE_NAME].value
    visitor.client.post("/sign-out")
    assert visitor.client.cookies[settings.CSRF_COOKIE_NAME].value != before
