"""Whoever reads the mailbox and has nothing else gets a new password, and nothing but that."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Account, Authenticator
from tests import factories
from tests.accounts import post
from tests.accounts.recovery.reset.forgetful import NEW, Forgetful
from tests.accounts.visitor import Visitor
from tests.factories import PASSWORD, ways

pytestmark = pytest.mark.django_db

ANN = "ann@example.org"
WAYS = "/account/ways-to-sign-in"
CHANGES_WHO_GETS_IN = (
    f"{WAYS}/app",
    f"{WAYS}/code-sheet",
    f"{WAYS}/passkey",
    f"{WAYS}/security-key",
    f"{WAYS}/recovery-codes",
    f"{WAYS}/text-message",
    "/account/emails/add",
    "/account/emails/change",
)


@pytest.fixture
def ann() -> Account:
    return factories.account(ANN, password=PASSWORD)


def reader() -> Visitor:
    """Return whoever chose a new password by mail, and typed it where passwords go."""
    thief = Forgetful()
    thief.choose(thief.link(ANN))
    visitor = Visitor()
    visitor.submit(ANN, NEW)
    return visitor


@pytest.mark.parametrize("page", CHANGES_WHO_GETS_IN)
def test_for_48_hours_the_new_password_changes_nothing_else(ann: Account, page: str) -> None:
    visitor = reader()
    assert visitor.session is not None
    for response in (visitor.get(page), visitor.client.post(page, {"code": "000000"})):
        assert response.status_code == 403
        assert "You cannot change this yet" in response.text
    assert not Authenticator.objects.filter(account=ann).exists()


def test_the_owner_is_told_until_when_in_the_mail_and_on_the_page(ann: Account) -> None:
    with time_machine.travel("2026-06-01T12:00:00Z", tick=False):
        visitor = reader()
        assert "Until 3 June 2026 at 1:00pm" in " ".join(post.newest().text.split())
        assert "until Wednesday 3 June at 1:00pm" in " ".join(
            visitor.get(f"{WAYS}/app").text.split()
        )
    with time_machine.travel("2026-06-03T12:00:00Z", tick=False):
        visitor.submit(ANN, NEW)
        assert visitor.get(f"{WAYS}/app").status_code == 200
    del ann


def test_where_there_is_a_second_step_it_is_asked_for_and_nothing_need_wait(ann: Account) -> None:
    app = ways.app(ann)
    visitor = reader()
    assert visitor.session is None
    flow = visitor.begin()
    visitor.submit(ANN, NEW, flow=flow)
    visitor.client.post("/sign-in/app", {"flow": flow, "code": ways.code_of(app)})
    assert visitor.get(f"{WAYS}/app").status_code == 200


def test_a_second_reset_holds_for_longer_and_never_for_less(ann: Account) -> None:
    reader()
    ann.refresh_from_db()
    first = ann.changes_held_until
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        reader()
    ann.refresh_from_db()
    assert first is not None
    assert ann.changes_held_until is not None
    assert ann.changes_held_until > first
