"""Whatever is typed into a page of an organisation is answered, and never shown as markup."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final
from unittest import mock
from urllib.parse import quote

import pytest
from django.db import transaction

from accounts.models import LimitCounter
from accounts.security.outgoing.client import Fetched
from clients.applications.pages.forms import PARTS
from clients.models import Application
from idp.portal.going_live.forms import ASKED
from tests import factories
from tests.clients.approval import rounds
from tests.clients.partner import Partner
from tests.project.organisation_pages import PAGES, address

# PostgreSQL refuses more: no NUL, no half a character, no number that is too large.
pytestmark = [pytest.mark.django_db, pytest.mark.once("postgresql")]
FORM: Final = "application/x-www-form-urlencoded"
_KEY: Final = '{"keys":[{"kty":"OKP","crv":"Ed25519","x":"%s","kid":%s}]}'
# As a browser, or whoever says to be one, sends them.
VALUES: Final = (
    *("a%00b", "x" * 10_000, "9" * 25, quote(_KEY % ("A" * 43, '"\\u0000"'))),
    quote('"><script>alert(1)</script>'),
)
# What the other fields of the page hold meanwhile, so that it is not these that are refused.
FIT: Final = {
    "address": "cy@example.org",
    "after": "1",
    "day-day": "1",
    "day-month": "12",
    "day-year": "2027",
    "days": "30",
    "kind": "web",
    "lawful_basis": "public_task",
    "minimum_level": "1",
    "reach": "sandbox",
    "redirect_uris": "http://localhost:9000/cb",
    "role": "viewer",
    "since": "day",
}
# More names that addresses take, in forms or without.
QUERY: Final = ("after", "by", "check", "code", "endpoint", "help_code", "page", "span", "typed")
_NAME: Final = re.compile(r'<(?:input|textarea|select)\b[^>]*\bname="([^"]+)"')
_PLACES: Final[dict[str, tuple[str, Iterable[str]]]] = {
    "applications:change": ("part", PARTS),
    "approval:draft": ("part", ASKED),
    "applications:new_of_kind": ("kind", ("web", "device")),
    "applications:profile": ("kind", ("web",)),
    "applications:method": ("kind", ("web",)),
    "applications:new_high": ("method", ("private_key_jwt",)),
    "applications:scope": ("scope", ("email",)),
}
_OF_LIVE_ONES: Final = frozenset({"approval:end", "approval:logo"})
TRIED: Final = [
    (name, place, value)
    for name in PAGES
    for place, values in [_PLACES.get(name, ("", ("",)))]
    for value in values
]


@pytest.fixture(autouse=True)
def servers_of_partners() -> Iterator[None]:
    """Let addresses of keys and of notices answer, so that nothing here asks the network."""
    names = (
        "clients.applications.pages.credentials.checking.fetch",
        "clients.approval.privacy_notice.operations.fetch",
    )
    keys, notices = (mock.patch(name, return_value=Fetched(200, b"{}", {})) for name in names)
    with keys, notices:
        yield


def _application(name: str, part: str) -> Application:
    """Return one with what the page is about."""
    row = rounds.drafted().application
    if name in _OF_LIVE_ONES:
        row = factories.application(of=row.organisation, made_from=row)
    factories.client_secret(row)
    if "keys" in {name.partition(":")[2], part}:
        row.token_endpoint_auth_method = "private_key_jwt"
        row.save()
    return row


@pytest.mark.parametrize("one", TRIED, ids=" ".join)
def test_it_is_answered_by_a_page(one: tuple[str, str, str]) -> None:
    name, place, value = one
    application = _application(name, value)
    owner = Partner(of=application.organisation, two_factors=True)
    known: dict[str, Any] = {"application": application.slug, place: value}
    if name == "credentials:end":
        known["number"] = application.secrets.get().pk
    path, _ = address(name, owner.organisation, with_things_of=owner.organisation, **known)
    opened = owner.get(path)
    fields = {*_NAME.findall(opened.content.decode(errors="replace")), "csrfmiddlewaretoken"}
    fields.remove("csrfmiddlewaretoken")
    for typed in VALUES:
        query = "&".join(f"{field}={typed}" for field in {*fields, *QUERY})
        _look_at(owner.client.get(f"{path}?{query}"))
        for body in _bodies(fields, typed):
            _post(owner, application, path, body)


def _bodies(fields: set[str], typed: str) -> Iterator[str]:
    """Yield the value in one field after the other."""
    for one in fields:
        yield "&".join(f"{field}={typed if field == one else _fit(field)}" for field in fields)


def _fit(field: str) -> str:
    return quote(FIT.get(field, "To find you"))


def _post(owner: Partner, application: Application, path: str, body: str) -> None:
    """Send a form, look at what comes of it, and undo it."""
    LimitCounter.objects.all().delete()
    with transaction.atomic():
        answer = owner.client.post(path, body.encode(), content_type=FORM)
        _look_at(answer)
        if "script" in body and answer.status_code == 303:
            _look_at(owner.get(owner.home))
            _look_at(owner.get(owner.page(application)))
        transaction.set_rollback(True)


def _look_at(answer: Any) -> None:  # noqa: ANN401 - Django's own answer
    assert answer.status_code < 500
    assert b"<script>alert" not in answer.content
