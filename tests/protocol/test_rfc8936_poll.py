"""RFC 8936: an application fetches its events, and says which it has."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.models import Account
from idp.models import EventStream, SecurityEvent, SigningKey
from idp.ssf.event_types import EventType
from idp.ssf.rules import KEPT
from idp.ssf.streams.operations import stop_or_go_on
from tests import factories
from tests.protocol import tokens
from tests.protocol.partner import body, refused
from tests.protocol.receiver import PUSHED, Receiver
from tests.protocol.test_statement_counts import statements

POLL = "/ssf/poll"


@pytest.fixture
def receiver() -> Receiver:
    made = Receiver.new()
    made.made_stream()
    return made


@pytest.fixture
def account(receiver: Receiver) -> Account:
    made = factories.account("amara@example.com")
    factories.known_account(made, receiver.application)
    return made


def queued(account: Account, count: int = 1) -> list[str]:
    """Queue events, a second apart; return their ids."""
    ids = []
    with time_machine.travel(timezone.now() - timedelta(minutes=5), tick=False) as clock:
        for _ in range(count):
            ids.append(str(factories.security_event(account).pk))
            clock.shift(1)
    return ids


class TestFetching:
    """§2.2, §2.3."""

    def test_what_waits_is_handed_out_by_its_id(self, receiver: Receiver, account: Account) -> None:
        answer = receiver.call("POST", POLL, {})
        assert body(answer) == {"sets": {}, "moreAvailable": False}
        assert answer["Cache-Control"] == "no-store"
        (event,) = queued(account)
        ((jti, token),) = receiver.poll()["sets"].items()
        assert tokens.header(token)["typ"] == "secevent+jwt"
        claims = tokens.claims(token, receiver.application.client_id)
        assert jti == claims["jti"] == event
        assert claims["events"] == {EventType.SESSION_REVOKED.uri: {}}

    def test_it_is_in_order_and_no_more_than_asked_for(
        self, receiver: Receiver, account: Account
    ) -> None:
        events = queued(account, 3)
        first = receiver.poll(maxEvents=2)
        assert (list(first["sets"]), first["moreAvailable"]) == (events[:2], True)
        rest = receiver.poll(ack=events[:2], maxEvents=2)
        assert (list(rest["sets"]), rest["moreAvailable"]) == (events[2:], False)

    def test_none_are_handed_out_where_none_are_asked_for(
        self, receiver: Receiver, account: Account
    ) -> None:
        queued(account)
        assert receiver.poll(maxEvents=0) == {"sets": {}, "moreAvailable": True}

    def test_an_answer_is_bounded_whatever_is_asked_for(
        self, receiver: Receiver, account: Account
    ) -> None:
        queued(account, 51)
        got = receiver.poll(maxEvents=10**30)
        assert (len(got["sets"]), got["moreAvailable"]) == (50, True)

    def test_what_was_not_acknowledged_comes_again_behind_what_is_new(
        self, receiver: Receiver, account: Account
    ) -> None:
        lost, second = queued(account, 2)
        assert list(receiver.poll(maxEvents=1)["sets"]) == [lost]
        assert list(receiver.poll(maxEvents=1)["sets"]) == [second]
        assert list(receiver.poll()["sets"]) == [lost, second]

    def test_it_answers_at_once_whoever_would_wait(self, receiver: Receiver) -> None:
        answer = receiver.call("POST", POLL, {"returnImmediately": False})
        assert body(answer) == {"sets": {}, "moreAvailable": False}

    def test_after_the_replay_window_it_is_gone(self, receiver: Receiver, account: Account) -> None:
        queued(account)
        with time_machine.travel(timezone.now() + KEPT):
            receiver.token = receiver.own_token()
            assert receiver.poll()["sets"] == {}

    def test_anothers_events_are_never_handed_out(
        self, receiver: Receiver, account: Account
    ) -> None:
        queued(account)
        other = Receiver.new()
        other.made_stream()
        assert other.poll()["sets"] == {}
        assert len(receiver.poll()["sets"]) == 1

    def test_of_a_stream_that_an_operator_paused_only_that_is_told(
        self, receiver: Receiver, account: Account
    ) -> None:
        """SSF §8.1.5."""
        queued(account)
        stream = EventStream.objects.get()
        paused = EventStream.Status.PAUSED
        stop_or_go_on(stream=stream, status=paused, reason="Noise", by=OPERATOR)
        ((_, token),) = receiver.poll()["sets"].items()
        claims = tokens.claims(token, receiver.application.client_id)
        said = {"status": "paused", "reason": "Noise"}
        assert claims["events"] == {EventType.STREAM_UPDATED.uri: said}

    def test_where_events_are_pushed_there_is_nothing_to_fetch(self) -> None:
        receiver = Receiver.new()
        assert refused(receiver.call("POST", POLL, {}), "invalid_request", 404)
        receiver.made_stream(delivery=PUSHED)
        assert refused(receiver.call("POST", POLL, {}), "invalid_request", 404)

    def test_what_cannot_be_signed_waits(self, receiver: Receiver, account: Account) -> None:
        queued(account)
        active = SigningKey.objects.get(algorithm="ES256", state="active")
        SigningKey.objects.filter(pk=active.pk).update(state="retired")
        answer = receiver.call("POST", POLL, {})
        assert refused(answer, "server_error", 503)
        SigningKey.objects.filter(pk=active.pk).update(state="active")
        assert len(receiver.poll()["sets"]) == 1


class TestAcknowledging:
    """§2.4."""

    def test_what_was_taken_comes_no_more(self, receiver: Receiver, account: Account) -> None:
        taken, waiting = queued(account, 2)
        assert list(receiver.poll(ack=[taken])["sets"]) == [waiting]
        event = SecurityEvent.objects.get(pk=taken)
        assert (event.state, event.done_at is not None) == ("delivered", True)

    def test_what_was_refused_comes_no_more_and_says_why(
        self, receiver: Receiver, account: Account
    ) -> None:
        known, unheard_of = queued(account, 2)
        errors = {
            known: {"err": "invalid_audience", "description": "Who?"},
            unheard_of: {"err": "amara@example.com <script>"},
        }
        assert receiver.poll(setErrs=errors)["sets"] == {}
        rows = SecurityEvent.objects.order_by("created_at").values_list("state", "last_error")
        assert list(rows) == [("refused", "invalid_audience"), ("refused", "other")]

    def test_what_was_taken_once_cannot_be_refused_later(
        self, receiver: Receiver, account: Account
    ) -> None:
        (event,) = queued(account)
        receiver.poll(ack=[event])
        receiver.poll(setErrs={event: {"err": "invalid_key"}})
        assert SecurityEvent.objects.get().state == "delivered"

    def test_ids_of_nothing_change_nothing(self, receiver: Receiver, account: Account) -> None:
        queued(account)
        unknown = [str(uuid4()), "nonsense", "", "x" * 5000]
        assert len(receiver.poll(ack=unknown)["sets"]) == 1

    def test_anothers_event_cannot_be_acknowledged(
        self, receiver: Receiver, account: Account
    ) -> None:
        (event,) = queued(account)
        other = Receiver.new()
        other.made_stream()
        other.poll(ack=[event], setErrs={event: {"err": "invalid_key"}})
        assert SecurityEvent.objects.get().state == "queued"
        assert list(receiver.poll()["sets"]) == [event]

    @pytest.mark.parametrize(
        "said",
        [
            *({"maxEvents": -1}, {"maxEvents": 1.5}, {"maxEvents": "5"}, {"maxEvents": True}),
            *({"maxEvents": None}, {"returnImmediately": "no"}, {"returnImmediately": 1}),
            *({"ack": "x"}, {"ack": {"x": 1}}, {"ack": [1]}, {"ack": None}),
            *({"setErrs": []}, {"setErrs": {"x": "err"}}, {"setErrs": {"x": {"err": 1}}}),
            {"setErrs": {"x": {}}},
        ],
        ids=str,
    )
    def test_what_is_unfit_is_refused_and_changes_nothing(
        self, receiver: Receiver, account: Account, said: dict[str, Any]
    ) -> None:
        (event,) = queued(account)
        answer = receiver.call("POST", POLL, {"ack": [event], **said})
        assert refused(answer, "invalid_request")
        assert SecurityEvent.objects.get().state == "queued"

    def test_a_huge_body_is_refused_unread(self, receiver: Receiver) -> None:
        raw = b'{"ack":["' + b"x" * 16_384 + b'"]}'
        assert refused(receiver.call("POST", POLL, raw), "invalid_request")


def test_a_poll_takes_5_however_many_it_takes_and_gives(
    receiver: Receiver, account: Account
) -> None:
    # Token, stream, acknowledgement, events, and that they were handed out.
    queued(account, 10)
    receiver.poll()
    taken = list(receiver.poll(maxEvents=5)["sets"])
    assert statements(lambda: receiver.poll(ack=taken)) == 5
    assert statements(lambda: receiver.poll(maxEvents=0)) == 3


def test_reading_a_stream_takes_2_and_changing_one_6(receiver: Receiver) -> None:
    (stream,) = receiver.call("GET", "/ssf/stream").json()
    assert statements(lambda: receiver.call("GET", "/ssf/stream")) == 2
    changed = {"stream_id": stream["stream_id"], "description": "After"}
    receiver.call("PATCH", "/ssf/stream", changed)
    # Token, the count of changes, stream, its lock, the row, the audit log.
    assert statements(lambda: receiver.call("PATCH", "/ssf/stream", changed)) == 6
