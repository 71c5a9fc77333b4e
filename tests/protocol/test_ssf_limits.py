"""OpenID SSF §8.1: an application that changes its stream again and again is told to wait."""

import pytest

from accounts.limits import table
from idp.models import EventStream
from tests.accounts.limits.filling import fill
from tests.protocol.partner import refused
from tests.protocol.receiver import STREAM, Receiver

CHANGES = [
    *(("POST", STREAM), ("PATCH", STREAM), ("PUT", STREAM), ("DELETE", STREAM)),
    ("POST", "/ssf/status"),
]


@pytest.fixture
def receiver() -> Receiver:
    return Receiver.new()


@pytest.mark.parametrize("method, path", CHANGES)
def test_a_change_too_many_is_refused(receiver: Receiver, method: str, path: str) -> None:
    made = receiver.made_stream()
    fill(table.EVENT_STREAM_CHANGED, receiver.application.client_id)
    said = {"stream_id": made, "status": "paused", "description": "Again"}
    answer = receiver.call(method, path, said, stream_id=made)
    assert refused(answer, "temporarily_unavailable", 429)
    assert int(answer["Retry-After"]) > 0
    stream = EventStream.objects.get()
    assert (stream.status, stream.description, stream.ended_at) == ("enabled", "", None)


@pytest.mark.parametrize("path", ["/ssf/subjects/add", "/ssf/subjects/remove"])
def test_a_subject_too_many_is_refused(receiver: Receiver, path: str) -> None:
    made = receiver.made_stream()
    fill(table.STREAM_SUBJECTS, receiver.application.client_id)
    answer = receiver.call("POST", path, {"stream_id": made, "subject": {"format": "opaque"}})
    assert refused(answer, "temporarily_unavailable", 429)


def test_reading_and_fetching_go_on_and_so_does_everybody_else(receiver: Receiver) -> None:
    receiver.made_stream()
    fill(table.EVENT_STREAM_CHANGED, receiver.application.client_id)
    assert receiver.call("GET", STREAM).status_code == 200
    assert receiver.poll()["sets"] == {}
    assert Receiver.new().create().status_code == 201
