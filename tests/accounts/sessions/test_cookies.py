"""Cookies as browsers get them."""

import pytest
from django.test import override_settings

from accounts.security.cookies import COOKIES, DEVICE_CODE, LANGUAGE, MADE_UP, REMEMBERED, STAFF
from tests.accounts.visitor import Visitor
from tests.factories import people

pytestmark = pytest.mark.django_db


def test_pages_set_the_cookies_that_the_cookies_page_names_and_no_others() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    visitor = Visitor()
    visitor.submit("ann@example.org")
    visitor.get("/sign-out")
    # Those only for whoever asks for them: at a second step, for a device, for a language; or for
    # made-up people, or staff.
    asked_for = {cookie.name for cookie in (REMEMBERED, DEVICE_CODE, LANGUAGE, MADE_UP, STAFF)}
    assert set(visitor.client.cookies) == {cookie.name for cookie in COOKIES} - asked_for


def test_over_https_cookies_are_sent_over_https_alone() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    visitor = Visitor()
    with override_settings(
        SECURE=True,
        CSRF_COOKIE_SECURE=True,
        BROWSER_COOKIE_NAME="__Host-browser",
        SIGNED_IN_COOKIE_NAME="__Host-session",
        CSRF_COOKIE_NAME="__Host-csrf",
    ):
        visitor.submit("ann@example.org")
        visitor.get("/sign-out")
        dropped = visitor.client.post("/sign-out").cookies["__Host-session"]
    assert set(visitor.client.cookies) == {
        "__Host-browser",
        "__Host-session",
        "__Host-csrf",
    }
    assert all(cookie["secure"] for cookie in visitor.client.cookies.values())
    # A browser ignores the end of a __Host- cookie that does not meet the prefix's own rules.
    assert (dropped["secure"], dropped["path"], dropped["max-age"]) == (True, "/", 0)
