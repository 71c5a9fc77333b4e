"""Residents come once everything is there that they need, and the owner says so."""

import importlib
import re
from datetime import timedelta
from html import unescape
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone
from pytest_django import Settings

from accounts import migrations
from accounts.council import queries as council
from accounts.council.memory import memory
from accounts.models import Account, AuditEvent, Opening, OutboundMessage, PendingSignUp
from idp.console.council.opening import queries
from idp.console.council.opening.rules import Facts, Missing, missing
from idp.console.council.opening.wording import LACKS
from tests import factories
from tests.accounts.council.published import publish
from tests.accounts.staffing.desk import Desk, at_work
from tests.accounts.visitor import Response, Visitor
from tests.factories.any_row import any_row
from tests.factories.authenticators import key_of

PAGE = "/staff/council/opening"
READY = Facts(
    has_placeholders=False,
    sender_is_placeholder=False,
    mails_sent=True,
    signing_keys=True,
    approvers=2,
    audit_keys=True,
    audit_copy=True,
)


def words(answer: Response) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


@pytest.mark.parametrize("lacks", list(product([True, False], repeat=3)))
def test_each_thing_that_is_missing_is_named(lacks: tuple[bool, bool, bool]) -> None:
    placeholders, sender, few = lacks
    facts = Facts(
        has_placeholders=placeholders,
        sender_is_placeholder=sender,
        mails_sent=False,
        signing_keys=False,
        approvers=1 if few else 2,
        audit_keys=False,
        audit_copy=False,
    )
    found = missing(facts)
    assert (Missing.PLACEHOLDERS in found) is placeholders
    assert (Missing.MAIL_SENDER in found) is sender
    assert (Missing.APPROVERS in found) is few
    assert {Missing.MAIL_NEVER_SENT, Missing.SIGNING_KEYS, Missing.AUDIT_KEYS} <= set(found)
    assert missing(READY) == ()
    assert set(LACKS) == set(Missing)


@pytest.fixture
def desk(db: None, settings: Settings) -> Desk:
    del db
    settings.DEMO = False
    _member, desk = at_work("owner")
    return desk


@pytest.fixture
def ready(desk: Desk, settings: Settings) -> Desk:
    """Give an instance everything that it needs."""
    settings.DEFAULT_FROM_EMAIL = "Login <no-reply@ambridge.gov.uk>"
    settings.AUDIT_COPY = "/somewhere/else"
    factories.signing_keys()
    for _ in range(2):
        key_of(factories.staff_member("approver").account)
    any_row(OutboundMessage, state=OutboundMessage.State.SENT)
    publish(
        name="Ambridge Council",
        phone="+442087266000",
        email="help@ambridge.gov.uk",
        address="Town Hall, Ambridge",
        website="https://www.ambridge.gov.uk",
        accessibility_contact="access@ambridge.gov.uk",
        data_protection_contact="dpo@ambridge.gov.uk",
    )
    return desk


def ask(visitor: Visitor, return_to: str = "/help/contact") -> Response:
    """Ask for an account."""
    flow = visitor.begin(return_to)
    return visitor.client.post("/sign-up", {"email": "new@example.org", "flow": flow})


def test_a_fresh_instance_is_closed_and_says_when_it_opens(desk: Desk) -> None:
    day = timezone.localdate() + timedelta(days=40)
    parts = {f"day-{part}": getattr(day, part) for part in ("day", "month", "year")}
    assert desk.post(PAGE, act="announce", **parts).status_code == 303
    memory.forget()
    page = Visitor().client.get("/sign-up", follow=True)
    assert "You cannot create an account yet" in words(page)
    assert f"opens on {day.day} {day:%B %Y}" in words(page)
    answer = ask(Visitor())
    assert answer.status_code == 403
    assert not PendingSignUp.objects.exists()


def test_who_gets_services_ready_comes_before_residents(desk: Desk) -> None:
    del desk
    assert ask(Visitor(), "/partners/new").status_code == 302
    assert PendingSignUp.objects.exists()


def test_while_anything_is_missing_no_form_opens_it(desk: Desk) -> None:
    page = words(desk.get(PAGE))
    assert "Residents cannot create accounts yet" in page
    for lack in (Missing.PLACEHOLDERS, Missing.MAIL_SENDER, Missing.APPROVERS):
        assert str(LACKS[lack].what) in page
    assert "Open it to residents" not in page
    # As if the button were there.
    assert "It stays closed" in words(desk.post(PAGE, act="open"))
    assert not Opening.objects.exists()
    assert not council.is_open()


def test_the_owner_opens_it_and_closes_it_again(ready: Desk) -> None:
    assert missing(queries.facts()) == ()
    assert "Open it to residents" in words(ready.get(PAGE))
    for _press in range(2):
        assert ready.post(PAGE, act="open").status_code == 303
    memory.forget()
    assert ask(Visitor()).status_code == 302
    for _press in range(2):
        assert ready.post(PAGE, act="close").status_code == 303
    memory.forget()
    assert ask(Visitor()).status_code == 403
    told = AuditEvent.objects.filter(object_kind="opening").order_by("pk")
    assert [event.event for event in told] == ["provider:sign_up:opened", "provider:sign_up:closed"]
    assert not any(event.detail for event in told)


@pytest.mark.parametrize("role", ["key", "left"])
def test_an_approver_who_cannot_sign_in_is_none(ready: Desk, role: str) -> None:
    del ready
    approver = Account.objects.filter(staff_roles__role="approver").first()
    assert approver is not None
    if role == "key":
        approver.authenticators.all().delete()
    else:
        Account.objects.filter(pk=approver.pk).update(status=Account.Status.SUSPENDED)
    assert missing(queries.facts()) == (Missing.APPROVERS,)


@pytest.mark.parametrize(
    "parts", [("", "", ""), ("1", "1", "2020"), ("99", "1", "2030"), ("a\x00", "1", "9" * 30)]
)
def test_a_day_that_is_none_is_refused(desk: Desk, parts: tuple[str, str, str]) -> None:
    day, month, year = parts
    values = {"day-day": day, "day-month": month, "day-year": year}
    answer = desk.post(PAGE, act="announce", **values)
    assert answer.status_code == 200
    assert "Error:" in words(answer)
    assert not Opening.objects.exists()


@pytest.mark.parametrize("act", ["", "reopen", "x" * 5000, "\x00"])
def test_an_act_that_is_none_does_nothing(ready: Desk, act: str) -> None:
    assert ready.post(PAGE, act=act).status_code == 200
    assert not Opening.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["open", "close", "announce"])
def test_turning_the_switch_wants_a_sign_in_of_just_now(act: str) -> None:
    _member, desk = at_work("owner", signed_in_at=timezone.now() - timedelta(minutes=16))
    assert "again=yes" in desk.post(PAGE, act=act)["Location"]
    assert not Opening.objects.exists()


@pytest.mark.django_db
def test_a_demonstration_is_open_from_the_start(settings: Settings) -> None:
    assert settings.DEMO
    assert council.is_open()
    assert ask(Visitor()).status_code == 302


def _migration() -> Any:  # noqa: ANN401 - a module whose name is a number
    folder = Path(migrations.__file__).parent
    name = next(path.stem for path in folder.glob("*_opening.py"))
    return importlib.import_module(f"accounts.migrations.{name}")


@pytest.mark.django_db
@pytest.mark.parametrize("has_residents", [True, False])
def test_what_residents_use_already_stays_open(settings: Settings, *, has_residents: bool) -> None:
    settings.DEMO = False
    factories.staff_member("owner")
    if has_residents:
        factories.account()
    _migration().stay_open(apps, None)
    memory.forget()
    assert council.is_open() is has_residents
