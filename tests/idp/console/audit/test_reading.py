"""One event, in words, with every column, and whether its seal stands for it."""

from uuid import UUID

import pytest

from accounts.audit import canonical
from accounts.models import AuditEvent, AuditSeal
from tests import factories
from tests.accounts.audit import log
from tests.idp.console.audit.auditing import auditor, words

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script>"


def _page(number: int) -> str:
    return words(auditor().get(f"/staff/audit/events/{number}"))


def test_every_column_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    member = factories.staff_member("support", address="sam.lee@council.example")
    application = factories.application(name="Bins")
    number = log.one(
        1,
        actor_id=str(member.pk),
        account_id=UUID(int=7),
        session_id=UUID(int=8),
        organisation_id=application.organisation_id,
        application_id=application.client_id,
        object_kind="session",
        object_id="thing-9",
        reason="text_message",
        help_code="CDFG3467",
        case_reference="C-1",
    )
    log.seal(monkeypatch)
    page = _page(number)
    [values] = AuditEvent.objects.filter(pk=number).values_list(*canonical.COLUMNS)
    for name, value in zip(canonical.COLUMNS, values, strict=True):
        if name not in {"at", "detail"}:
            assert str(value) in page
    assert AuditEvent.objects.get(pk=number).at.isoformat(sep=" ") in page
    for text in ("Session started", "Sam Staff", "sam.lee@council.example", "Bins", "Tries 2"):
        assert text in page
    assert "as it was when it was sealed, in seal 1" in page


def test_an_event_without_a_seal_is_not_proved() -> None:
    [number] = log.happen()
    assert "No seal covers this event yet" in _page(number)


def test_an_edited_event_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    happened = log.happen(3)
    log.seal(monkeypatch)
    with log.behind_our_back():
        AuditEvent.objects.filter(pk=happened[1]).update(reason=HOSTILE, detail=[HOSTILE, {}])
    page = _page(happened[1])
    assert "somebody changed it in the database after seal 1" in page
    assert HOSTILE in page
    assert "as it was when it was sealed" in _page(happened[0])


def test_an_event_that_was_put_in_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    [first] = log.happen()
    # Numbers that no event of this test is given by itself.
    log.one(2, id=first + 3000)
    log.seal(monkeypatch)
    log.one(1, id=first + 1000)
    assert "put in among those of seal 1" in _page(first + 1000)


@pytest.mark.parametrize("change", [{"row_hashes": ""}, {"signature": "x"}, {"key_id": "mine"}])
def test_a_seal_that_is_amiss_proves_nothing(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, str]
) -> None:
    [number] = log.happen()
    log.seal(monkeypatch)
    with log.behind_our_back():
        AuditSeal.objects.update(**change)
    assert "is not as our key signed it" in _page(number)


@pytest.mark.parametrize("number", [0, 10**18, 10**40])
def test_a_number_without_an_event_says_so(number: int) -> None:
    assert "There is no such event" in _page(number)


def test_each_look_is_an_event() -> None:
    [number] = log.happen()
    _page(number)
    event = AuditEvent.objects.get(event="provider:audit:read")
    assert (event.actor_kind, event.object_id) == ("staff", str(number))
