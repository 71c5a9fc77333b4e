"""Signing in as one of the staff: by a key alone, for a short time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from pytest_django import Settings

from accounts.audit.actor import OPERATOR
from accounts.limits.table import STAFF_NETWORK
from accounts.models import AuditEvent, Session
from accounts.staffing.people import operations
from tests import factories
from tests.accounts.staffing.desk import SIGN_IN, Desk, at_work
from tests.factories.authenticators import Manner, SoftwareKey, key_of

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 1, 10, 12, 0, tzinfo=UTC)
LIE = "That key did not let you in"


def test_a_key_signs_in_and_the_page_says_who_and_when_before() -> None:
    member, desk = factories.staff_member("approver", "auditor"), Desk()
    answer = desk.use(key := key_of(member.account))
    assert (answer.status_code, answer["Location"]) == (303, "/staff")
    cookie = answer.cookies[settings.STAFF_COOKIE_NAME]
    assert cookie["httponly"]
    page = desk.get("/staff").content.decode()
    for word in ("Sam Staff", "Contact centre", "Approver", "Auditor", "For the first time"):
        assert word in page
    assert desk.use(key).status_code == 303
    assert "The time before" in desk.get("/staff").content.decode()
    assert Session.objects.filter(ended_at=None).count() == 1


def test_whoever_wanted_a_page_is_led_back_to_it_and_nowhere_else() -> None:
    member, desk = factories.staff_member(), Desk()
    key = key_of(member.account)
    asked = desk.get("/staff/keys")["Location"]
    assert asked == "/staff/sign-in?return_to=%2Fstaff%2Fkeys"
    assert desk.use(key, path=asked)["Location"] == "/staff/keys"
    evil = f"{SIGN_IN}?again=yes&return_to=//evil.example"
    assert desk.use(key, path=evil)["Location"] == "/staff"


class TestRefusedInTheSameWords:
    def test_a_residents_key(self) -> None:
        assert LIE in self._shown(key_of(factories.account()))

    def test_a_key_that_is_nobodys(self) -> None:
        assert LIE in self._shown(SoftwareKey(user_handle="bm9ib2R5"))

    def test_a_key_that_did_not_verify_its_user(self) -> None:
        member = factories.staff_member()
        assert LIE in self._shown(key_of(member.account), Manner(verified=False))

    def test_an_answer_to_the_residents_question(self) -> None:
        desk, member = Desk(), factories.staff_member()
        options = desk.client.post("/sign-in/passkey/options").json()
        answer = desk.post(SIGN_IN, passkey=key_of(member.account).get(options))
        assert LIE in answer.content.decode()

    def test_an_answer_sent_twice(self) -> None:
        desk, member = Desk(), factories.staff_member()
        answer = key_of(member.account).get(desk.options(SIGN_IN))
        assert desk.post(SIGN_IN, passkey=answer).status_code == 303
        assert LIE in desk.post(SIGN_IN, passkey=answer).content.decode()

    @pytest.mark.parametrize("answer", ["", "{}", "null", "\0", "x" * 20_000])
    def test_what_no_key_says(self, answer: str) -> None:
        assert LIE in Desk().post(SIGN_IN, passkey=answer).content.decode()

    def _shown(self, key: SoftwareKey, manner: Manner | None = None) -> str:
        answer = Desk().use(key, manner)
        assert answer.status_code == 200
        assert not Session.objects.exists()
        text: str = answer.content.decode()
        return text


def test_a_residents_key_at_this_door_is_recorded() -> None:
    resident = factories.account()
    Desk().use(key_of(resident))
    rows = AuditEvent.objects.filter(event="account:sign_in:refused", account_id=resident.pk)
    assert [row.reason for row in rows] == ["account_not_of_staff"]


def test_too_many_tries_are_asked_to_wait(settings: Settings) -> None:
    settings.LIMITS_ENABLED = True
    desk = Desk()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("accounts.staffing.entry.views.STAFF_NETWORK", _few())
        assert [desk.post(SIGN_IN).status_code for _ in range(4)] == [200, 200, 429, 429]
        assert desk.post(f"{SIGN_IN}/options").status_code == 429


def _few() -> object:
    return replace(STAFF_NETWORK, amount=2)


class TestHowLongItLasts:
    def test_half_an_hour_unused(self) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            _member, desk = at_work()
            clock.shift(settings.STAFF_IDLE - timedelta(seconds=1))
            assert desk.get("/staff").status_code == 200
            clock.shift(settings.STAFF_IDLE)
            assert desk.get("/staff")["Location"].startswith(SIGN_IN)

    def test_eight_hours_whatever_is_done(self) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            desk = Desk()
            desk.use(key_of(factories.staff_member().account))
            for _ in range(31):
                clock.shift(timedelta(minutes=15))
                assert desk.get("/staff/stay-signed-in").status_code == 200
            clock.shift(timedelta(minutes=15))
            assert desk.get("/staff").status_code == 302

    def test_a_page_says_until_when_and_one_press_puts_it_off(self) -> None:
        with time_machine.travel(NOON, tick=False):
            _member, desk = at_work()
            assert "/staff/stay-signed-in" in desk.get("/staff").content.decode()
            told = desk.client.post("/staff/stay-signed-in", HTTP_ACCEPT="application/json").json()
            assert told["seconds"] == settings.STAFF_IDLE.seconds

    def test_signing_out_ends_it(self) -> None:
        _member, desk = at_work()
        assert "Sam Staff" in desk.get("/staff/sign-out").content.decode()
        desk.post("/staff/sign-out")
        desk.signed_in.refresh_from_db()
        assert desk.signed_in.end_reason == "signed_out"
        assert "Nobody is signed in" in desk.get("/staff/sign-out").content.decode()

    def test_leaving_ends_it_at_once(self) -> None:
        member, desk = at_work("approver")
        operations.leave(member=member, by=OPERATOR)
        assert desk.get("/staff")["Location"].startswith(SIGN_IN)
        assert LIE in desk.use(key_of(member.account)).content.decode()


def test_a_dangerous_page_wants_a_sign_in_of_the_last_minutes() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        member, desk = at_work()
        assert desk.get("/staff/keys/add").status_code == 200
        clock.shift(settings.FRESH_SIGN_IN)
        again = desk.get("/staff/keys/add")["Location"]
        assert "again=yes" in again
        assert "check it is you again" in desk.get(again).content.decode()
        key = key_of(member.account)
        assert desk.use(key, path=again)["Location"] == "/staff/keys/add"
        assert desk.get("/staff/keys/add").status_code == 200
