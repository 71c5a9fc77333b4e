"""A program that opens every link of a mail changes nothing and uses nothing up."""

import re

import pytest

from accounts.models import Account, AuditEvent, OutboundMessage, PendingSignUp, Session
from accounts.notices.news import News
from accounts.notices.operations import tell
from tests.accounts import post
from tests.accounts.signup.browser import Browser
from tests.accounts.visitor import Visitor
from tests.factories import people

pytestmark = pytest.mark.django_db

WATCHED = (Account, AuditEvent, OutboundMessage, PendingSignUp, Session)


def _rows() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in WATCHED]


def _open_every_link(letter: post.Letter) -> None:
    scanner = Visitor(network="198.51.100.99")
    paths = re.findall(r"http://localhost:8000(/\S*)", letter.text)
    assert paths
    before = _rows()
    for path in paths:
        for _time in range(2):
            assert scanner.get(path).status_code < 500
            assert scanner.client.head(path).status_code < 500
    assert _rows() == before
    assert scanner.session is None


def test_the_link_of_a_sign_up() -> None:
    browser = Browser()
    browser.begin("ann@example.org")
    _open_every_link(post.newest())
    assert browser.standing() == "waiting"


def test_the_link_for_a_new_password() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    visitor = Visitor()
    visitor.client.post("/reset-password", {"sign_in_name": "ann@example.org"})
    letter = post.newest()
    _open_every_link(letter)
    path = letter.path("/reset-password/")
    values = {"password": "violet lantern orchard"}
    assert visitor.client.post(path, values).status_code == 302


def test_the_link_to_go_on_signing_in() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    visitor = Visitor()
    flow = visitor.begin()
    visitor.client.post("/sign-in/send-code", {"flow": flow, "sign_in_name": "ann@example.org"})
    letter = post.newest()
    _open_every_link(letter)
    followed = visitor.client.post(letter.path("/sign-in/mailed-link/"))
    assert followed["Location"] == f"/sign-in?flow={flow}"


def test_the_link_of_a_security_notice() -> None:
    account = people.account("ann@example.org", password=people.PASSWORD)
    people.session(account)
    tell(account=account, news=next(iter(News)))
    _open_every_link(post.newest())
    assert Session.objects.get().ended_at is None
