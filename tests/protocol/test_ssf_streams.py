"""OpenID SSF 1.0 §8.1.1: an application creates, reads, changes and deletes its one stream."""

from typing import Any

import pytest

from accounts.models import AuditEvent
from idp.models import EventStream, SecurityEvent
from idp.ssf.event_types import EventType
from tests import factories
from tests.protocol import tokens
from tests.protocol.partner import body, refused
from tests.protocol.receiver import PUSHED, STREAM, Receiver

REVOKED, CHANGED = EventType.SESSION_REVOKED.uri, EventType.CREDENTIAL_CHANGE.uri
POLL = {"method": "urn:ietf:rfc:8936", "endpoint_url": f"{tokens.ISSUER}/ssf/poll"}


@pytest.fixture
def receiver() -> Receiver:
    return Receiver.new()


def audited() -> list[str]:
    rows = AuditEvent.objects.filter(event__contains="stream").order_by("pk")
    return list(rows.values_list("event", flat=True))


class TestCreating:
    """§8.1.1.1."""

    def test_a_stream_is_answered_with_all_that_it_is(self, receiver: Receiver) -> None:
        answer = receiver.create(
            delivery=PUSHED, events_requested=[REVOKED, "urn:unknown"], description="For the desk"
        )
        assert (answer.status_code, answer["Cache-Control"]) == (201, "no-store")
        told = body(answer)
        assert told.pop("stream_id") == str(EventStream.objects.get().pk)
        assert REVOKED in told.pop("events_supported")
        assert told == {
            "iss": tokens.ISSUER,
            "aud": receiver.application.client_id,
            "delivery": {"method": PUSHED["method"], "endpoint_url": PUSHED["endpoint_url"]},
            "events_requested": [REVOKED, "urn:unknown"],
            "events_delivered": [REVOKED],
            "min_verification_interval": 10,
            "description": "For the desk",
        }
        assert audited() == ["application:event_stream:created"]

    def test_without_delivery_it_is_polled_at_an_address_of_ours(self, receiver: Receiver) -> None:
        told = body(receiver.create())
        assert told["delivery"] == POLL
        assert told["events_delivered"] == []

    def test_what_a_push_shows_is_kept_unreadable_and_told_to_nobody(
        self, receiver: Receiver
    ) -> None:
        answer = receiver.create(delivery=PUSHED)
        assert b"of-the-receiver" not in answer.content
        stored = EventStream.objects.get().authorization_header
        assert stored
        assert "of-the-receiver" not in stored

    def test_a_second_stream_is_refused(self, receiver: Receiver) -> None:
        receiver.create()
        assert refused(receiver.create(), "invalid_request", 409)
        assert EventStream.objects.count() == 1

    def test_a_description_may_be_cut(self, receiver: Receiver) -> None:
        assert body(receiver.create(description="é" * 400))["description"] == "é" * 300

    @pytest.mark.parametrize(
        "said",
        [
            {"delivery": {"method": "urn:example:carrier-pigeon"}},
            {"delivery": "urn:ietf:rfc:8936"},
            {"delivery": {}},
            {"delivery": {"method": 8936}},
            {"delivery": {"method": PUSHED["method"]}},
            {"delivery": {**POLL, "endpoint_url": "https://elsewhere.example.org/"}},
            {"delivery": {**PUSHED, "endpoint_url": "http://receiver.example.org/"}},
            {"delivery": {**PUSHED, "endpoint_url": "https://127.0.0.1/"}},
            {"delivery": {**PUSHED, "endpoint_url": "https://169.254.169.254/latest"}},
            {"delivery": {**PUSHED, "endpoint_url": "https://user:pw@receiver.example.org/"}},
            {"delivery": {**PUSHED, "endpoint_url": "https://receiver.example.org/" + "x" * 2000}},
            {"delivery": {**PUSHED, "authorization_header": "Bearer x\r\nHost: inside"}},
            {"delivery": {**PUSHED, "authorization_header": "Bearer " + "x" * 2000}},
            {"delivery": {**PUSHED, "authorization_header": ["Bearer x"]}},
            {"events_requested": REVOKED},
            {"events_requested": [1]},
            {"events_requested": [f"urn:{number}" for number in range(51)]},
            {"events_requested": ["urn:" + "x" * 200]},
            {"description": 1},
        ],
        ids=str,
    )
    def test_what_is_unfit_is_refused(self, receiver: Receiver, said: dict[str, Any]) -> None:
        assert refused(receiver.create(**said), "invalid_request")
        assert not EventStream.objects.exists()

    @pytest.mark.parametrize(
        "raw",
        [
            *(b";{ broken", b"", b"[]", b'"x"', b'{"a":1,"a":2}', b'{"description":"\\u0000"}'),
            *(b"\xff", b'{"description":"' + b"x" * 16_384 + b'"}'),
            b'{"a":' * 30 + b"1" + b"}" * 30,
        ],
    )
    def test_a_body_that_is_no_plain_json_object_is_refused(
        self, receiver: Receiver, raw: bytes
    ) -> None:
        assert refused(receiver.call("POST", STREAM, raw), "invalid_request")


class TestReading:
    """§8.1.1.2."""

    def test_it_is_read_by_its_id(self, receiver: Receiver) -> None:
        made = body(receiver.create(delivery=PUSHED))
        answer = receiver.call("GET", STREAM, stream_id=made["stream_id"])
        assert (answer.status_code, body(answer)) == (200, made)
        assert answer["Cache-Control"] == "no-store"

    def test_without_an_id_all_are_listed(self, receiver: Receiver) -> None:
        assert receiver.call("GET", STREAM).json() == []
        made = body(receiver.create())
        assert receiver.call("GET", STREAM).json() == [made]

    def test_anothers_is_as_unknown_as_none(self, receiver: Receiver) -> None:
        theirs = Receiver.new().made_stream()
        mine = receiver.made_stream()
        for unknown in (theirs, "nonsense", mine.upper(), ""):
            answer = receiver.call("GET", STREAM, stream_id=unknown)
            if unknown:
                assert refused(answer, "invalid_request", 404)


class TestUpdating:
    """§8.1.1.3."""

    def test_only_what_is_named_changes(self, receiver: Receiver) -> None:
        made = body(receiver.create(delivery=PUSHED, description="Before"))
        answer = receiver.call(
            "PATCH", STREAM, {"stream_id": made["stream_id"], "events_requested": [CHANGED]}
        )
        changed = {"events_requested": [CHANGED], "events_delivered": [CHANGED]}
        assert (answer.status_code, body(answer)) == (200, {**made, **changed})
        assert EventStream.objects.get().authorization_header
        assert audited()[1:] == ["application:event_stream:changed"]

    def test_what_is_ours_may_be_repeated(self, receiver: Receiver) -> None:
        made = body(receiver.create(events_requested=[REVOKED, CHANGED]))
        repeated = {**made, "aud": [made["aud"]], "description": "After"}
        repeated["events_supported"] = made["events_supported"][::-1]
        answer = receiver.call("PATCH", STREAM, repeated)
        assert body(answer) == {**made, "description": "After"}

    @pytest.mark.parametrize(
        "ours",
        [
            {"iss": "https://elsewhere.example.org"},
            {"aud": "another"},
            {"aud": ["another"]},
            {"events_supported": []},
            {"events_delivered": [REVOKED]},
            {"events_delivered": "all"},
            {"min_verification_interval": 1},
            {"min_verification_interval": {"a": []}},
        ],
        ids=str,
    )
    @pytest.mark.parametrize("method", ["PATCH", "PUT"])
    def test_what_is_ours_cannot_be_changed(
        self, receiver: Receiver, method: str, ours: dict[str, Any]
    ) -> None:
        made = receiver.made_stream(events_requested=[REVOKED, CHANGED])
        answer = receiver.call(method, STREAM, {"stream_id": made, **ours})
        assert refused(answer, "invalid_request")
        assert audited()[-1] == "application:event_stream:created"

    @pytest.mark.parametrize("method", ["PATCH", "PUT"])
    def test_what_is_unfit_changes_nothing(self, receiver: Receiver, method: str) -> None:
        made = body(receiver.create(delivery=PUSHED))
        inside = {**PUSHED, "endpoint_url": "https://10.0.0.1/"}
        sent = {"stream_id": made["stream_id"], "delivery": inside, "description": "Inside"}
        assert refused(receiver.call(method, STREAM, sent), "invalid_request")
        assert receiver.call("GET", STREAM).json() == [made]

    @pytest.mark.parametrize("method", ["PATCH", "PUT"])
    def test_it_needs_the_id_of_a_stream_of_ones_own(self, receiver: Receiver, method: str) -> None:
        theirs = Receiver.new().made_stream()
        receiver.made_stream()
        assert refused(receiver.call(method, STREAM, {}), "invalid_request")
        assert refused(receiver.call(method, STREAM, {"stream_id": 1}), "invalid_request")
        answer = receiver.call(method, STREAM, {"stream_id": theirs, "description": "Mine"})
        assert refused(answer, "invalid_request", 404)
        assert not EventStream.objects.get(pk=theirs).description


class TestReplacing:
    """§8.1.1.4."""

    def test_what_is_missing_is_taken_away(self, receiver: Receiver) -> None:
        made = body(receiver.create(delivery=PUSHED, events_requested=[REVOKED], description="x"))
        answer = receiver.call("PUT", STREAM, {"stream_id": made["stream_id"]})
        del made["description"]
        without = {"delivery": POLL, "events_requested": [], "events_delivered": []}
        assert (answer.status_code, body(answer)) == (200, {**made, **without})
        stream = EventStream.objects.get()
        assert (stream.endpoint_url, stream.authorization_header) == ("", "")


class TestDeleting:
    """§8.1.1.5."""

    def test_it_is_gone_and_another_may_be_made(self, receiver: Receiver) -> None:
        made = receiver.made_stream(delivery=PUSHED)
        answer = receiver.call("DELETE", STREAM, stream_id=made)
        assert (answer.status_code, answer.content) == (204, b"")
        assert receiver.call("GET", STREAM).json() == []
        again = receiver.call("DELETE", STREAM, stream_id=made)
        assert refused(again, "invalid_request", 404)
        assert audited()[-1] == "application:event_stream:ended"
        assert receiver.made_stream() != made

    def test_what_waited_is_dropped_and_no_secret_stays(self, receiver: Receiver) -> None:
        made = receiver.made_stream(delivery=PUSHED)
        account = factories.account("amara@example.com")
        factories.known_account(account, receiver.application)
        factories.security_event(account)
        receiver.call("DELETE", STREAM, stream_id=made)
        assert SecurityEvent.objects.get().state == "dropped"
        assert EventStream.objects.get(pk=made).authorization_header == ""

    def test_it_needs_the_id_of_a_stream_of_ones_own(self, receiver: Receiver) -> None:
        theirs = Receiver.new().made_stream()
        receiver.made_stream()
        assert refused(receiver.call("DELETE", STREAM), "invalid_request")
        answer = receiver.call("DELETE", STREAM, stream_id=theirs)
        assert refused(answer, "invalid_request", 404)
        assert EventStream.objects.filter(ended_at=None).count() == 2
