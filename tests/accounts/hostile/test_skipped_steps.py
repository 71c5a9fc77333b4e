"""No step is skipped by opening a later page directly or by sending it an empty form."""

import pytest
from django.urls import NoReverseMatch, reverse

from accounts.assurance import Method
from accounts.models import Session
from tests.accounts.visitor import Visitor
from tests.factories import people
from tests.factories.ways import way
from tests.journeys.ledger import pages

pytestmark = pytest.mark.django_db


def _paths() -> list[str]:
    found = []
    for name in sorted(set(pages())):
        try:
            found.append(reverse(name))
        except NoReverseMatch:
            found.append(reverse(name, args=["x" * 43]) if "confirm" in name else "")
    return [path for path in found if path]


def _try_everything(visitor: Visitor, flow: str) -> None:
    for path in _paths():
        for answer in (
            visitor.get(path),
            visitor.get(f"{path}?flow={flow}"),
            visitor.client.post(path),
            visitor.client.post(path, {"flow": flow}),
            visitor.client.post(f"{path}?flow={flow}", {"flow": flow, "code": "", "password": ""}),
        ):
            assert answer.status_code < 500, path
            assert visitor.cookie == "", path


def test_a_stranger_is_signed_in_by_no_page() -> None:
    visitor = Visitor()
    _try_everything(visitor, visitor.begin("/account"))
    assert not Session.objects.exists()


def test_a_password_alone_leads_past_no_second_step() -> None:
    account = people.account("ann@example.org", password=people.PASSWORD)
    way(account, Method.APP)
    visitor = Visitor()
    flow = visitor.begin("/account")
    visitor.submit("ann@example.org", flow=flow)
    _try_everything(visitor, flow)
    assert not Session.objects.exists()
