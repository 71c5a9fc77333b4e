"""Every address states who may enter, and keeps to it."""

import re
from collections.abc import Iterator
from typing import Any, cast

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from accounts.assurance import Method
from accounts.audit.actor import SYSTEM
from accounts.models import Session
from accounts.security.access import Access
from accounts.sessions import operations as sessions
from idp.oidc.urls import MACHINE_ENDPOINTS
from tests import factories
from tests.factories import people

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def _walk(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        path = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from _walk(entry, path)
        else:
            yield path, entry


ADDRESSES = dict(_walk(get_resolver()))
every_address = pytest.mark.parametrize("path", ADDRESSES)


def _access(path: str) -> object:
    return getattr(ADDRESSES[path].callback, "access", None)


def _example(path: str) -> str:
    """Return an address that fits the pattern."""
    for kind, value in (
        ("int", "1"),
        ("slug", "council-tax"),
        ("str", "t" * 43),
        ("uuid", "00000000-0000-4000-8000-000000000000"),
    ):
        path = re.sub(rf"<{kind}:\w+>", value, path)
    assert "<" not in path, "this test must learn an example of this pattern"
    return f"/{path}"


@every_address
def test_every_address_states_who_may_enter(path: str) -> None:
    assert isinstance(_access(path), Access)


def test_the_short_way_for_programs_leads_to_no_page() -> None:
    endpoints = {str(pattern.pattern) for pattern in MACHINE_ENDPOINTS}
    assert endpoints <= {path for path in ADDRESSES if _access(path) is Access.MACHINE}


@every_address
def test_every_address_has_a_name(path: str) -> None:
    assert ADDRESSES[path].name


@pytest.mark.parametrize(
    "path", [path for path in ADDRESSES if _access(path) in {"signed_in", "member", "staff"}]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_without_a_session_nobody_enters_an_accounts_page(path: str, method: str) -> None:
    response = cast("Any", getattr(Client(), method)(_example(path)))
    assert response.status_code == 302
    assert response["Location"].startswith(_door(path))


def _door(path: str) -> str:
    return "/staff/sign-in" if _access(path) == "staff" else "/sign-in"


@pytest.mark.parametrize("path", [path for path in ADDRESSES if _access(path) == "demo"])
def test_the_demonstrations_pages_are_nowhere_else(path: str, settings: Settings) -> None:
    settings.DEMO = False
    assert Client().get(_example(path)).status_code == 404


def test_no_address_but_those_of_signing_out_knows_a_test_resident_by_any_cookie() -> None:
    maya = factories.test_resident(factories.organisation(), full_name="Maya Example")
    proven = people.proven(Method.PASSWORD, Method.APP)
    cookie = sessions.start(account=maya, proven=proven, replaces=None, by=SYSTEM).cookie_value
    known = set()
    # Programs bring no cookies.
    for path in (one for one in ADDRESSES if _access(one) is not Access.MACHINE):
        browser = Client(headers={"host": "localhost"})
        for name in (settings.SIGNED_IN_COOKIE_NAME, settings.MADE_UP_COOKIE_NAME):
            browser.cookies[name] = cookie
        shown = b"".join(browser.get(_example(path)))
        if b"Maya" in shown or maya.sign_in_name.encode() in shown:
            known.add(path)
    # Where nobody real is signed in, a made-up person signs out without naming a service.
    assert known == {"logout", "logout/continue"}
    assert Session.objects.get().ended_at is None
