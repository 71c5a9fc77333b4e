"""One network can send only so many forms, whatever page they are for."""

from dataclasses import replace

import pytest
from pytest_django import Settings

from accounts.limits.table import FORMS_ACCOUNT, FORMS_NETWORK
from tests.accounts.visitor import Visitor
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _few(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LIMITS_ENABLED = True
    few = replace(FORMS_NETWORK, amount=2)
    monkeypatch.setattr("accounts.sessions.flooding.FORMS_NETWORK", few)


def test_after_too_many_forms_the_network_is_asked_to_wait() -> None:
    visitor = Visitor()
    statuses = [visitor.client.post("/sign-out").status_code for _time in range(3)]
    assert 429 not in statuses[:2]
    assert statuses[2] == 429


def test_whoever_is_signed_in_is_counted_apart_from_strangers_beside_them() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    resident = Visitor()
    assert resident.submit("ann@example.org").status_code == 303
    for _time in range(3):
        Visitor().client.post("/sign-out")
    assert resident.client.post("/sign-out").status_code != 429


def test_one_account_can_send_only_so_many_forms_too(monkeypatch: pytest.MonkeyPatch) -> None:
    few = replace(FORMS_ACCOUNT, amount=2)
    monkeypatch.setattr("accounts.sessions.flooding.FORMS_ACCOUNT", few)
    people.account("ann@example.org", password=people.PASSWORD)
    resident = Visitor()
    resident.submit("ann@example.org")
    answers = [resident.client.post("/reset-password").status_code for _time in range(3)]
    assert answers == [200, 200, 429]


def test_strangers_in_the_same_network_keep_nobody_from_signing_in() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    for _time in range(3):
        Visitor().client.post("/sign-out")
    assert Visitor().submit("ann@example.org").status_code == 303


def test_pages_can_still_be_read() -> None:
    visitor = Visitor()
    for _time in range(3):
        visitor.client.post("/sign-out")
    assert visitor.client.get("/help/contact").status_code == 200


def test_another_network_is_not_asked_to_wait() -> None:
    visitor = Visitor()
    for _time in range(3):
        visitor.client.post("/sign-out")
    answer = visitor.client.post("/sign-out", REMOTE_ADDR="192.0.2.9")
    assert answer.status_code != 429


def test_the_page_says_when_and_whom_to_call() -> None:
    visitor = Visitor()
    answers = [visitor.client.post("/sign-out") for _time in range(3)]
    assert int(answers[-1]["Retry-After"]) > 0
    assert "020 7946 0000" in answers[-1].content.decode()
