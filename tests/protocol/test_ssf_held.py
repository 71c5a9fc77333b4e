"""OpenID SSF 1.0 §8.1.2: a stream that an operator stopped goes on when an operator says so."""

from uuid import UUID

import pytest

from accounts.audit.actor import OPERATOR
from accounts.models import Account
from idp.models import EventStream, SecurityEvent
from idp.ssf.streams.operations import stop_or_go_on
from tests import factories
from tests.protocol.partner import body, refused
from tests.protocol.receiver import PUSHED, STREAM, Receiver

pytestmark = pytest.mark.django_db

STATUS = "/ssf/status"
WHY = "Your server fails since Monday"
Status = EventStream.Status


@pytest.fixture
def receiver() -> Receiver:
    return Receiver.new()


@pytest.fixture
def stream(receiver: Receiver) -> str:
    made = receiver.made_stream()
    _operator(made, Status.PAUSED, WHY)
    return made


def _operator(stream: str, status: Status, reason: str = "") -> None:
    found = EventStream.objects.get(pk=UUID(stream))
    stop_or_go_on(stream=found, status=status, reason=reason, by=OPERATOR)


def _told(receiver: Receiver, stream: str) -> tuple[str, str]:
    told = body(receiver.call("GET", STATUS, stream_id=stream))
    return told["status"], told.get("reason", "")


def test_its_application_cannot_let_it_go_on(receiver: Receiver, stream: str) -> None:
    answer = receiver.call("POST", STATUS, {"stream_id": stream, "status": "enabled"})
    assert refused(answer, "invalid_request", 403)
    assert _told(receiver, stream) == ("paused", WHY)


@pytest.mark.parametrize("again", ["paused", "enabled"])
def test_nor_by_disabling_it_first(receiver: Receiver, stream: str, again: str) -> None:
    for status in ("disabled", again):
        receiver.call("POST", STATUS, {"stream_id": stream, "status": status})
    assert _told(receiver, stream)[0] != "enabled"
    answer = receiver.call("POST", STATUS, {"stream_id": stream, "status": "enabled"})
    assert refused(answer, "invalid_request", 403)


def test_nor_by_deleting_it_and_making_another(receiver: Receiver, stream: str) -> None:
    answer = receiver.call("DELETE", STREAM, stream_id=stream)
    assert refused(answer, "invalid_request", 403)
    assert refused(receiver.create(), "invalid_request", 409)
    assert EventStream.objects.get(ended_at=None).status == Status.PAUSED


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_nor_by_having_it_sent_elsewhere(receiver: Receiver, stream: str, method: str) -> None:
    account = factories.account("amara@example.com")
    factories.known_account(account, receiver.application)
    event = factories.security_event(account)
    changed = receiver.call(method, STREAM, {"stream_id": stream, "delivery": PUSHED})
    assert changed.status_code == 200
    assert _told(receiver, stream) == ("paused", WHY)
    event.refresh_from_db()
    assert (event.state, event.next_try_at) == (SecurityEvent.State.QUEUED, None)


def test_why_it_was_stopped_stays_to_be_read(receiver: Receiver, stream: str) -> None:
    wish = {"stream_id": stream, "status": "paused", "reason": "Because we like it so"}
    assert receiver.call("POST", STATUS, wish).status_code == 200
    assert _told(receiver, stream) == ("paused", WHY)


def test_its_application_may_want_nothing_at_all(receiver: Receiver, stream: str) -> None:
    wish = {"stream_id": stream, "status": "disabled"}
    assert receiver.call("POST", STATUS, wish).status_code == 200
    assert _told(receiver, stream) == ("disabled", WHY)


def test_once_an_operator_lets_it_go_on_it_is_its_application_s_again(
    receiver: Receiver, stream: str
) -> None:
    _operator(stream, Status.ENABLED)
    assert _told(receiver, stream) == ("enabled", "")
    for status in ("paused", "enabled"):
        receiver.call("POST", STATUS, {"stream_id": stream, "status": status})
    assert _told(receiver, stream) == ("enabled", "")
    assert receiver.call("DELETE", STREAM, stream_id=stream).status_code == 204


def test_what_is_kept_meanwhile_is_fetched_afterwards(receiver: Receiver, stream: str) -> None:
    account: Account = factories.account("amara@example.com")
    factories.known_account(account, receiver.application)
    event = factories.security_event(account)
    assert str(event.pk) not in receiver.poll()["sets"]
    _operator(stream, Status.ENABLED)
    assert str(event.pk) in receiver.poll()["sets"]
