"""OpenID SSF 1.0 §8.1.2 to §8.1.4: a stream's status, its subjects, and trying it out."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Account, AuditEvent
from idp.models import EventStream, RemovedSubject, SecurityEvent
from idp.ssf.event_types import EventType
from idp.ssf.push import jobs
from idp.ssf.rules import BETWEEN_VERIFICATIONS
from tests import factories
from tests.protocol import tokens
from tests.protocol.partner import body, refused
from tests.protocol.receiver import PUSHED, Receiver

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

STATUS, VERIFY = "/ssf/status", "/ssf/verify"
ADD, REMOVE = "/ssf/subjects/add", "/ssf/subjects/remove"


@pytest.fixture
def receiver() -> Receiver:
    return Receiver.new()


@pytest.fixture
def stream(receiver: Receiver) -> str:
    return receiver.made_stream()


@pytest.fixture
def account() -> Account:
    return factories.account("amara@example.com")


@pytest.fixture
def subject(account: Account, receiver: Receiver) -> dict[str, str]:
    known = factories.known_account(account, receiver.application)
    return {"format": "iss_sub", "iss": tokens.ISSUER, "sub": known}


def set_to(receiver: Receiver, stream: str, status: str, **more: Any) -> "Answer":
    return receiver.call("POST", STATUS, {"stream_id": stream, "status": status, **more})


def pushed() -> set[UUID]:
    """Return the events that the worker has a job for."""
    tasks = DBTaskResult.objects.filter(task_path=jobs.push.module_path)
    return {UUID(task.args_kwargs["args"][0]) for task in tasks}


class TestStatus:
    """§8.1.2."""

    def test_a_new_stream_is_enabled(self, receiver: Receiver, stream: str) -> None:
        answer = receiver.call("GET", STATUS, stream_id=stream)
        assert (answer.status_code, body(answer)) == (
            200,
            {"stream_id": stream, "status": "enabled"},
        )

    @pytest.mark.parametrize("status", ["enabled", "paused", "disabled"])
    def test_it_is_set_and_told_with_its_reason(
        self, receiver: Receiver, stream: str, status: str
    ) -> None:
        answer = set_to(receiver, stream, status, reason="Moving house")
        told = {"stream_id": stream, "status": status, "reason": "Moving house"}
        assert (answer.status_code, body(answer)) == (200, told)
        assert body(receiver.call("GET", STATUS, stream_id=stream)) == told
        event = AuditEvent.objects.filter(event="application:event_stream:changed").get()
        assert (event.actor_kind, event.detail) == ("application", {"status": status})

    @pytest.mark.parametrize(
        "said",
        [
            *({}, {"status": "asleep"}, {"status": None}, {"status": 1}, {"status": ["paused"]}),
            *({"status": "paused", "reason": 1}, {"status": "paused", "reason": "x" * 301}),
        ],
    )
    def test_what_is_unfit_is_refused(
        self, receiver: Receiver, stream: str, said: dict[str, Any]
    ) -> None:
        answer = receiver.call("POST", STATUS, {"stream_id": stream, **said})
        assert refused(answer, "invalid_request")
        assert EventStream.objects.get().status == "enabled"

    def test_anothers_stream_is_unknown(self, receiver: Receiver) -> None:
        theirs = Receiver.new().made_stream()
        answer = set_to(receiver, theirs, "disabled")
        assert refused(answer, "invalid_request", 404)
        assert refused(receiver.call("GET", STATUS, stream_id=theirs), "invalid_request", 404)
        assert refused(receiver.call("GET", STATUS), "invalid_request")

    @pytest.mark.usefixtures("subject")
    def test_a_paused_stream_holds_what_it_hears_and_a_disabled_one_drops_it(
        self, receiver: Receiver, stream: str, account: Account
    ) -> None:
        set_to(receiver, stream, "paused")
        event = factories.security_event(account)
        assert receiver.poll() == {"sets": {}, "moreAvailable": False}
        set_to(receiver, stream, "enabled")
        assert list(receiver.poll()["sets"]) == [str(event.pk)]
        set_to(receiver, stream, "disabled")
        assert receiver.poll()["sets"] == {}
        set_to(receiver, stream, "enabled")
        assert receiver.poll()["sets"] == {}
        assert SecurityEvent.objects.get().state == "dropped"

    @pytest.mark.usefixtures("subject")
    def test_what_waited_is_pushed_once_the_stream_goes_on_or_is_pushed_to(
        self, receiver: Receiver, stream: str, account: Account
    ) -> None:
        fetched = factories.security_event(account)
        receiver.call("PATCH", "/ssf/stream", {"stream_id": stream, "delivery": PUSHED})
        set_to(receiver, stream, "paused")
        held = factories.security_event(account)
        assert pushed() == {fetched.pk}
        set_to(receiver, stream, "enabled")
        assert pushed() == {fetched.pk, held.pk}


class TestSubjects:
    """§8.1.3: everybody that the application knows is in its stream, until it takes them out."""

    def test_whoever_is_taken_out_is_heard_of_no_more_until_added_again(
        self, receiver: Receiver, stream: str, account: Account, subject: dict[str, str]
    ) -> None:
        named = {"stream_id": stream, "subject": subject}
        answer = receiver.call("POST", REMOVE, named)
        assert (answer.status_code, answer.content) == (204, b"")
        with pytest.raises(ValueError, match="not enough values"):
            factories.security_event(account)
        answer = receiver.call("POST", ADD, {**named, "verified": True})
        assert (answer.status_code, answer.content) == (200, b"")
        assert factories.security_event(account).account == account

    def test_the_audit_log_tells_once_what_changed(
        self, receiver: Receiver, stream: str, account: Account, subject: dict[str, str]
    ) -> None:
        named = {"stream_id": stream, "subject": subject}
        for path in (ADD, REMOVE, REMOVE, ADD, ADD):
            receiver.call("POST", path, named)
        rows = AuditEvent.objects.filter(event__contains="stream_subject").order_by("pk")
        assert list(rows.values_list("event", "account_id")) == [
            ("application:stream_subject:removed", account.pk),
            ("application:stream_subject:added", account.pk),
        ]

    @pytest.mark.parametrize(
        "unknown",
        [
            {"format": "email", "email": "amara@example.com"},
            {"format": "email", "email": "nobody@example.com"},
            {"format": "phone_number", "phone_number": "+447700900000"},
            {"format": "opaque", "id": "1234"},
            {"format": "iss_sub", "iss": tokens.ISSUER, "sub": "x" * 43},
            {"format": "iss_sub", "iss": "https://elsewhere.example.org", "sub": "x"},
            {"format": "complex", "user": {"format": "email", "email": "amara@example.com"}},
        ],
        ids=str,
    )
    def test_no_answer_tells_whether_somebody_has_an_account(
        self, receiver: Receiver, stream: str, subject: dict[str, str], unknown: dict[str, Any]
    ) -> None:
        """§9.1: subject probing."""
        for path, status in ((ADD, 200), (REMOVE, 204)):
            for named in (subject, unknown):
                answer = receiver.call("POST", path, {"stream_id": stream, "subject": named})
                assert (answer.status_code, answer.content) == (status, b"")
        assert RemovedSubject.objects.count() == 1

    def test_anothers_name_for_somebody_means_nobody_here(
        self, receiver: Receiver, stream: str, account: Account
    ) -> None:
        theirs = factories.known_account(account, factories.application())
        named = {"format": "iss_sub", "iss": tokens.ISSUER, "sub": theirs}
        receiver.call("POST", REMOVE, {"stream_id": stream, "subject": named})
        assert not RemovedSubject.objects.exists()

    @pytest.mark.parametrize("path", [ADD, REMOVE])
    @pytest.mark.parametrize(
        "said",
        [
            {},
            {"subject": "amara@example.com"},
            {"subject": {}},
            {"subject": {"format": 1}},
            {"subject": {"format": "iss_sub", "iss": tokens.ISSUER}},
            {"subject": {"format": "iss_sub", "iss": tokens.ISSUER, "sub": 1}},
            {"subject": {"format": "opaque", "id": "1"}, "verified": "yes"},
        ],
        ids=str,
    )
    def test_what_names_nobody_is_refused(
        self, receiver: Receiver, stream: str, path: str, said: dict[str, Any]
    ) -> None:
        answer = receiver.call("POST", path, {"stream_id": stream, **said})
        assert refused(answer, "invalid_request")

    @pytest.mark.parametrize("path", [ADD, REMOVE])
    def test_anothers_stream_is_unknown(
        self, receiver: Receiver, subject: dict[str, str], path: str
    ) -> None:
        theirs = Receiver.new().made_stream()
        answer = receiver.call("POST", path, {"stream_id": theirs, "subject": subject})
        assert refused(answer, "invalid_request", 404)


class TestVerification:
    """§8.1.4."""

    @pytest.mark.parametrize("said", [{"state": "abc é"}, {"state": ""}, {}])
    def test_it_comes_back_with_its_state(
        self, receiver: Receiver, stream: str, said: dict[str, str]
    ) -> None:
        answer = receiver.call("POST", VERIFY, {"stream_id": stream, **said})
        assert (answer.status_code, answer.content) == (204, b"")
        (token,) = receiver.poll()["sets"].values()
        claims = tokens.claims(token, receiver.application.client_id)
        assert claims["sub_id"] == {"format": "opaque", "id": stream}
        assert claims["events"] == {EventType.VERIFICATION.uri: said}

    def test_whoever_asks_too_often_is_told_to_wait(self, receiver: Receiver, stream: str) -> None:
        with time_machine.travel(timezone.now(), tick=False) as clock:
            assert receiver.call("POST", VERIFY, {"stream_id": stream}).status_code == 204
            clock.shift(BETWEEN_VERIFICATIONS.total_seconds() - 1)
            answer = receiver.call("POST", VERIFY, {"stream_id": stream})
            assert refused(answer, "temporarily_unavailable", 429)
            assert answer["Retry-After"] == "10"
            clock.shift(1)
            assert receiver.call("POST", VERIFY, {"stream_id": stream}).status_code == 204

    @pytest.mark.parametrize("state", [1, ["a"], {"a": 1}, "x" * 1001])
    def test_an_unfit_state_is_refused(
        self, receiver: Receiver, stream: str, state: object
    ) -> None:
        answer = receiver.call("POST", VERIFY, {"stream_id": stream, "state": state})
        assert refused(answer, "invalid_request")
        assert not SecurityEvent.objects.exists()

    def test_a_disabled_stream_carries_none(self, receiver: Receiver, stream: str) -> None:
        set_to(receiver, stream, "disabled")
        answer = receiver.call("POST", VERIFY, {"stream_id": stream})
        assert refused(answer, "invalid_request")

    def test_anothers_stream_is_unknown(self, receiver: Receiver) -> None:
        theirs = Receiver.new().made_stream()
        answer = receiver.call("POST", VERIFY, {"stream_id": theirs})
        assert refused(answer, "invalid_request", 404)
        assert not SecurityEvent.objects.exists()
