"""An auditor downloads the log of some days, by a fresh sign-in."""

import json
from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone
from django.utils.timezone import localtime

from accounts.models import AuditEvent
from tests.accounts.audit import log
from tests.accounts.staffing.desk import Desk
from tests.accounts.visitor import Response
from tests.idp.console.audit.auditing import EXPORT, auditor, words

pytestmark = pytest.mark.django_db


def _days(first: datetime, last: datetime) -> dict[str, str]:
    parts: dict[str, str] = {}
    for name, moment in (("since", localtime(first)), ("until", localtime(last))):
        parts |= {f"{name}-day": str(moment.day), f"{name}-month": str(moment.month)}
        parts |= {f"{name}-year": str(moment.year)}
    return parts


def _download(desk: Desk, first: float, last: float) -> Response:
    return desk.post(EXPORT, **_days(log.ago(days=first), log.ago(days=last)))


def _numbers(answer: Response) -> list[int]:
    lines = b"".join(answer.streaming_content).decode("ascii").splitlines()
    return [row["id"] for row in map(json.loads, lines) if "id" in row]


def test_the_days_come_with_the_seals_that_prove_them(monkeypatch: pytest.MonkeyPatch) -> None:
    old = log.happen(2, at=log.ago(days=9))
    log.seal(monkeypatch)
    happened = log.happen(2, at=log.ago(days=3))
    log.seal(monkeypatch)
    answer = _download(auditor(), 5, 1)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/jsonl")
    assert answer["Cache-Control"] == "no-store"
    assert 'filename="audit-' in answer["Content-Disposition"]
    text = b"".join(answer.streaming_content).decode("ascii")
    rows = [json.loads(line) for line in text.splitlines()]
    assert [row["id"] for row in rows if "id" in row] == happened
    assert [row["sealed"]["number"] for row in rows if "sealed" in row] == [2]
    assert _numbers(_download(auditor(), 10, 8)) == old


def test_what_is_not_sealed_yet_comes_too(monkeypatch: pytest.MonkeyPatch) -> None:
    log.seal(monkeypatch)
    [number] = log.happen()
    assert number in _numbers(_download(auditor(), 1, 0))


def test_each_download_is_an_event_before_its_first_line() -> None:
    desk = auditor()
    _download(desk, 1, 0)
    event = AuditEvent.objects.get(event="provider:audit:exported")
    assert desk.signed_in is not None
    assert (event.actor_kind, event.actor_id) == ("staff", str(desk.signed_in.account_id))
    assert set(event.detail) == {"from", "to"}


def test_a_sign_in_of_long_ago_has_to_be_made_anew() -> None:
    desk = auditor()
    with time_machine.travel(timezone.now() + settings.FRESH_SIGN_IN + timedelta(seconds=1)):
        for answer in (desk.get(EXPORT), _download(desk, 1, 0)):
            assert answer.status_code == 302
            assert "/staff/sign-in" in answer["Location"]
    assert not AuditEvent.objects.filter(event="provider:audit:exported").exists()


@pytest.mark.parametrize(
    "first, last, refused",
    [
        (1, 2, "must not be before the first day"),
        (1, -1, "today or earlier"),
        (400, 1, "a year at most"),
    ],
)
def test_days_that_cannot_be_had_are_refused(first: int, last: int, refused: str) -> None:
    answer = _download(auditor(), first, last)
    assert refused in words(answer)
    assert not AuditEvent.objects.filter(event="provider:audit:exported").exists()


def test_days_must_be_given() -> None:
    page = words(auditor().post(EXPORT, **{"since-day": "\0", "until-year": "x" * 9999}))
    assert "must include a month" in page
    assert "Enter the first day" in words(auditor().post(EXPORT))
