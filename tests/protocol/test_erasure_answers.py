"""What a service answers to somebody who asked it to erase what it has (`idp/ssf/README.md`)."""

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.audit.actor import SYSTEM
from accounts.audit.events import Event
from accounts.models import Account, AccountClosing, AuditEvent
from idp.models import ErasureRequest, SecurityEvent
from idp.privacy.erasure import operations, queries
from idp.ssf.event_types import EventType
from tests import factories
from tests.protocol.receiver import Receiver

pytestmark = pytest.mark.django_db

ERASURE = "/ssf/erasure"
State = ErasureRequest.State


@pytest.fixture
def account() -> Account:
    return factories.account("amara@example.com")


@pytest.fixture
def receiver(account: Account) -> Receiver:
    receiver = Receiver.new()
    factories.known_account(account, receiver.application)
    receiver.made_stream()
    return receiver


@pytest.fixture
def asked(account: Account, receiver: Receiver) -> ErasureRequest:
    closing = _closing(account)
    row = ErasureRequest.objects.create(closing=closing, application=receiver.application)
    operations.send(closing=closing, by=SYSTEM)
    row.refresh_from_db()
    return row


def _closing(account: Account) -> AccountClosing:
    reason = AccountClosing.Reason.RESIDENT
    return AccountClosing.objects.create(account=account, reason=reason, closes_at=timezone.now())


def _answer(receiver: Receiver, **said: Any) -> int:
    return receiver.call("POST", ERASURE, said).status_code


def test_the_service_is_asked_by_an_event_and_its_answer_is_kept(
    asked: ErasureRequest, receiver: Receiver
) -> None:
    assert asked.state == State.SENT
    event = SecurityEvent.objects.get(event_type=EventType.ERASURE_REQUESTED.uri)
    request_id = event.body["request_id"]
    assert _answer(receiver, request_id=request_id, answer="partly") == 204
    assert _answer(receiver, request_id=request_id, answer="erased") == 204
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == (State.ANSWERED, "erased")
    assert asked.answered_at is not None
    answers = AuditEvent.objects.filter(event=Event.ERASURE_ANSWERED)
    assert answers.count() == 2


def test_the_same_answer_again_changes_nothing(asked: ErasureRequest, receiver: Receiver) -> None:
    for _ in range(2):
        assert _answer(receiver, request_id=str(asked.pk), answer="kept") == 204
    assert AuditEvent.objects.filter(event=Event.ERASURE_ANSWERED).count() == 1


def test_another_application_cannot_answer_nor_learn_that_somebody_was_asked(
    asked: ErasureRequest,
) -> None:
    other = Receiver.new()
    other.made_stream()
    known = other.call("POST", ERASURE, {"request_id": str(asked.pk), "answer": "erased"})
    unknown = other.call("POST", ERASURE, {"request_id": str(uuid4()), "answer": "erased"})
    assert (known.status_code, unknown.status_code) == (404, 404)
    asked.refresh_from_db()
    assert asked.answer == ""


@pytest.mark.parametrize("state", [State.CHOSEN, State.BY_HAND])
def test_what_was_not_asked_cannot_be_answered(
    asked: ErasureRequest, receiver: Receiver, state: State
) -> None:
    ErasureRequest.objects.update(state=state)
    assert _answer(receiver, request_id=str(asked.pk), answer="erased") == 404


@pytest.mark.parametrize(
    "said, status",
    [
        ({}, 400),
        ({"answer": "<script>", "request_id": "ID"}, 400),
        ({"answer": ["erased"], "request_id": "ID"}, 400),
        ({"answer": None, "request_id": "ID"}, 400),
        ({"answer": "erased"}, 400),
        ({"answer": "erased", "request_id": 7}, 400),
        ({"answer": "erased", "request_id": "not an id"}, 404),
        ({"answer": "erased", "request_id": "9" * 3000}, 404),
        ({"answer": "erased", "request_id": "9" * 5000}, 400),
    ],
)
def test_anything_else_is_refused(
    asked: ErasureRequest, receiver: Receiver, said: dict[str, Any], status: int
) -> None:
    if said.get("request_id") == "ID":
        said = {**said, "request_id": str(asked.pk)}
    assert receiver.call("POST", ERASURE, said).status_code == status
    asked.refresh_from_db()
    assert asked.answer == ""


def test_a_token_that_only_reads_may_not_answer(asked: ErasureRequest, receiver: Receiver) -> None:
    receiver.token = receiver.own_token("ssf.read")
    assert _answer(receiver, request_id=str(asked.pk), answer="erased") == 403
    receiver.token = ""
    assert _answer(receiver, request_id=str(asked.pk), answer="erased") == 401


def test_a_service_without_such_a_stream_must_be_asked_by_its_user(account: Account) -> None:
    deaf = factories.application(name="Library")
    factories.known_account(account, deaf)
    partly = Receiver.new()
    factories.known_account(account, partly.application)
    partly.made_stream(events_requested=[EventType.SESSION_REVOKED.uri])
    assert queries.can_be_asked(account) == set()
    closing = _closing(account)
    for application in (deaf, partly.application):
        ErasureRequest.objects.create(closing=closing, application=application)
    operations.send(closing=closing, by=SYSTEM)
    assert set(ErasureRequest.objects.values_list("state", flat=True)) == {State.BY_HAND}
    assert not SecurityEvent.objects.exists()


def test_one_that_takes_such_events_can_be_asked(account: Account, receiver: Receiver) -> None:
    assert queries.can_be_asked(account) == {receiver.application.pk}


def test_one_whose_stream_is_full_must_be_asked_by_its_user_too(
    account: Account, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is told that a service was asked to which nothing is sent."""
    monkeypatch.setattr("idp.ssf.operations.MOST_WAITING", 0)
    closing = _closing(account)
    ErasureRequest.objects.create(closing=closing, application=receiver.application)
    operations.send(closing=closing, by=SYSTEM)
    assert ErasureRequest.objects.get().state == State.BY_HAND
