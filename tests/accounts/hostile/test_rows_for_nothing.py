"""What a visitor who shows nothing can make us store is bounded, and goes again."""

from datetime import timedelta
from unittest import mock

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from accounts.limits import table
from accounts.limits.table import Limit
from accounts.models import Challenge, PendingSignIn
from tests.accounts.visitor import Visitor
from tests.factories import people

pytestmark = pytest.mark.django_db

FEW = 3


def _few(limit: Limit) -> Limit:
    return Limit(limit.name, FEW, limit.window, limit.counts_by)


def test_opening_pages_stores_no_more_sign_ins_than_the_network_may_begin() -> None:
    few = _few(table.SIGN_IN_BEGUN_NETWORK)
    with mock.patch("accounts.signin.flow.SIGN_IN_BEGUN_NETWORK", few):
        for path in ("/sign-in", "/sign-up", "/sign-in", "/sign-up", "/sign-in?again=fully"):
            Visitor().get(path)
    assert PendingSignIn.objects.count() == FEW


def test_asking_for_a_passkeys_question_stores_no_more_than_the_network_may_ask() -> None:
    few = _few(table.PASSKEY_OPTIONS_NETWORK)
    with mock.patch("accounts.signin.passkeys.views.PASSKEY_OPTIONS_NETWORK", few):
        answers = [
            Visitor().client.post("/sign-in/passkey/options").status_code for _ in range(FEW + 2)
        ]
    assert answers == [200] * FEW + [429] * 2
    assert Challenge.objects.count() == FEW


def test_what_was_stored_for_nothing_is_deleted_when_it_has_ended() -> None:
    Visitor().get("/sign-in")
    Visitor().client.post("/sign-in/passkey/options")
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        call_command("purge_expired")
    assert not PendingSignIn.objects.exists()
    assert not Challenge.objects.exists()


@pytest.mark.parametrize(
    "path, body",
    [
        ("/sign-in/send-code", b"flow={flow}&sign_in_name=a%40b.example&sign_in_name=c"),
        ("/sign-in/mailed-code", b"flow={flow}&code=111111&code=222222"),
        ("/sign-in/app", b"flow={flow}&code=111111&code=222222&remember=on&remember=off"),
        ("/sign-in", b"flow={flow}&flow={flow}&sign_in_name=a&password=b"),
        ("/sign-in/app", b"flow={flow}&flow=x&code=111111"),
        ("/sign-up", b"flow={flow}&email=a%40b.example&email=c%40d.example"),
        ("/reset-password", b"sign_in_name=a&sign_in_name=b"),
        ("/get-back-in", b"sign_in_name=a&sign_in_name=b"),
    ],
)
def test_a_field_sent_twice_is_answered_and_signs_nobody_in(path: str, body: bytes) -> None:
    people.account("a", password=people.PASSWORD)
    visitor = Visitor()
    flow = visitor.begin().encode()
    kind = "application/x-www-form-urlencoded"
    answer = visitor.client.post(path, body.replace(b"{flow}", flow), content_type=kind)
    assert answer.status_code < 500
    assert visitor.session is None
