"""OpenID SSF §4, RFC 8417: what a security event token says, and what it never says."""

import pytest

from accounts.models import Account
from idp.keys import queries as keys
from idp.models import EventStream, SecurityEvent
from idp.ssf import security_event_token
from idp.ssf.event_types import EventType
from idp.ssf.operations import queue_of_stream
from tests import factories
from tests.protocol import tokens

pytestmark = pytest.mark.django_db


@pytest.fixture
def stream() -> EventStream:
    factories.signing_keys()
    return factories.event_stream(factories.application())


@pytest.fixture
def event(stream: EventStream) -> SecurityEvent:
    account: Account = factories.account("amara@example.com")
    factories.known_account(account, stream.application)
    return factories.security_event(account, EventType.SESSION_REVOKED, reason_admin={"en": "Out"})


def _made(event: SecurityEvent) -> str:
    return security_event_token.make(event, key=keys.signing_key("ES256"))


def test_it_has_a_type_of_its_own(event: SecurityEvent) -> None:
    """SSF §4.1.1."""
    assert tokens.header(_made(event))["typ"] == "secevent+jwt"


def test_it_says_exactly_this(event: SecurityEvent) -> None:
    """SSF §4.1, §4.2: no `sub`, no `exp`, one event; the subject is `sub_id`."""
    client_id = event.stream.application.client_id
    assert tokens.claims(_made(event), client_id) == {
        "iss": tokens.ISSUER,
        "aud": client_id,
        "iat": int(event.created_at.timestamp()),
        "jti": str(event.pk),
        "txn": str(event.txn),
        "sub_id": {"format": "iss_sub", "iss": tokens.ISSUER, "sub": event.subject},
        "events": {EventType.SESSION_REVOKED.uri: {"reason_admin": {"en": "Out"}}},
    }


def test_it_says_the_same_at_each_try(event: SecurityEvent) -> None:
    """RFC 8417 §2.2: `jti` lets the application notice that it has had it."""
    client_id = event.stream.application.client_id
    again = SecurityEvent.objects.get()
    assert tokens.claims(_made(event), client_id) == tokens.claims(_made(again), client_id)


def test_what_is_about_one_session_names_it_beside_the_account(event: SecurityEvent) -> None:
    """CAEP §3.1: with the account alone, all of its sessions would be meant."""
    event.sid = "sid-of-this-service"
    subject = tokens.claims(_made(event), event.stream.application.client_id)["sub_id"]
    assert subject == {
        "format": "complex",
        "user": {"format": "iss_sub", "iss": tokens.ISSUER, "sub": event.subject},
        "session": {"format": "opaque", "id": "sid-of-this-service"},
    }


def test_where_the_stream_is_the_subject_it_is_named_by_its_id(stream: EventStream) -> None:
    """SSF §8.1.4.1: an opaque identifier, the stream's id."""
    event = queue_of_stream(stream=stream, kind=EventType.VERIFICATION, body={"state": "abc"})
    claims = tokens.claims(_made(event), stream.application.client_id)
    assert claims["sub_id"] == {"format": "opaque", "id": str(stream.pk)}
    assert claims["events"] == {EventType.VERIFICATION.uri: {"state": "abc"}}
