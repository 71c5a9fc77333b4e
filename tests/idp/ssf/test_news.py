"""What happens to an account, as the services that know it hear of it."""

import json
from collections.abc import Callable
from typing import Any, Final

import pytest
from django.db.models import Q
from django.utils import timezone

from accounts.audit.actor import OPERATOR, SYSTEM, resident
from accounts.audit.events import Event
from accounts.freezing import operations as freezing
from accounts.mfa import operations as ways
from accounts.mfa.queries import Kind
from accounts.mfa.removal import discard
from accounts.models import Account, Authenticator, Session
from accounts.passwords import operations as passwords
from accounts.sessions import operations as sessions
from accounts.signals import account_purged
from accounts.suspension import operations as suspension
from idp.consent import operations as consents
from idp.models import EventStream, RemovedSubject, SecurityEvent
from idp.oidc.logout.operations import leave_service
from idp.ssf import event_bodies, news
from idp.ssf.event_types import EventType
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return factories.account("amara@example.com", password="a long enough password")


@pytest.fixture
def stream(account: Account) -> EventStream:
    application = factories.application()
    factories.known_account(account, application)
    return factories.event_stream(application)


@pytest.fixture
def session(account: Account, stream: EventStream) -> Session:
    session = factories.session(account)
    factories.participant(session, stream.application)
    return session


def _heard() -> list[tuple[str, Any]]:
    """Return what was queued: each kind of event, and its body without the time."""
    rows = SecurityEvent.objects.order_by("created_at", "pk")
    return [(row.event_type, _timeless(row.body)) for row in rows]


def _timeless(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != "event_timestamp"}


def _bodies(kind: EventType) -> list[dict[str, Any]]:
    return [body for uri, body in _heard() if uri == kind.uri]


class TestSessionRevoked:
    """CAEP §3.1."""

    def test_each_service_hears_of_its_own_part_in_the_session(
        self, account: Account, stream: EventStream, session: Session
    ) -> None:
        other = factories.application(name="Library")
        factories.known_account(account, other)
        factories.event_stream(other)
        factories.participant(session, other)
        sessions.end_everything(account=account, by=OPERATOR)
        rows = SecurityEvent.objects.filter(event_type=EventType.SESSION_REVOKED.uri)
        told = {row.stream.application: (row.sid, row.subject) for row in rows}
        parts = session.participants.values_list("application", "sid")
        assert {application.pk: sid for application, (sid, _) in told.items()} == dict(parts)
        assert len({subject for _, subject in told.values()}) == 2
        assert stream.application in told

    @pytest.mark.usefixtures("session")
    def test_a_service_where_nobody_was_signed_in_hears_nothing_of_it(
        self, account: Account
    ) -> None:
        idle = factories.application(name="Library")
        factories.known_account(account, idle)
        factories.event_stream(idle)
        sessions.end_everything(account=account, by=OPERATOR)
        assert not SecurityEvent.objects.filter(stream__application=idle).exists()

    def test_signing_out_of_one_service_tells_that_one(
        self, stream: EventStream, session: Session
    ) -> None:
        part = session.participants.select_related("application", "session").get()
        leave_service(participant=part, by=SYSTEM)
        event = SecurityEvent.objects.get()
        assert (event.stream, event.sid) == (stream, part.sid)
        assert event.event_type == EventType.SESSION_REVOKED.uri

    def test_why_it_ended_is_not_told(self, account: Account, session: Session) -> None:
        """Not that somebody froze the account, nor that the council did something."""
        first = _ended(session, Session.EndReason.FROZEN)
        again = factories.session(account)
        factories.participant(again, session.participants.get().application)
        assert first == _ended(again, Session.EndReason.SIGNED_OUT)

    @pytest.mark.parametrize("change", ["removed", "not asked for", "disabled", "may not"])
    def test_who_did_not_ask_for_it_or_may_not_have_it_hears_nothing(
        self, account: Account, stream: EventStream, session: Session, change: str
    ) -> None:
        if change == "removed":
            RemovedSubject.objects.create(stream=stream, account=account)
        changes: dict[str, dict[str, Any]] = {
            "not asked for": {"events_delivered": [EventType.CREDENTIAL_CHANGE.uri]},
            "disabled": {"status": EventStream.Status.DISABLED},
        }
        EventStream.objects.update(**changes.get(change, {"status": stream.status}))
        if change == "may not":
            stream.application.receives_events = False
            stream.application.save()
        news.sessions_revoked(which=Q(session=session))
        assert not SecurityEvent.objects.exists()


def _ended(session: Session, reason: Session.EndReason) -> dict[str, Any]:
    SecurityEvent.objects.all().delete()
    sessions.end_all(account=session.account, reason=reason, by=SYSTEM)
    (body,) = _bodies(EventType.SESSION_REVOKED)
    return body


def _set(session: Session) -> None:
    passwords.set_password(
        account=session.account,
        encoded=passwords.hashed("a long enough password"),
        event=Event.PASSWORD_CHANGED,
        by=resident(session.account),
    )


def _first_password(session: Session) -> None:
    session.account.set_unusable_password()
    _set(session)


def _no_password(session: Session) -> None:
    passwords.remove_password(account=session.account, by=SYSTEM)


def _added(session: Session, kind: Kind) -> Authenticator:
    return ways.add(session=session, kind=kind, label="Amara's phone", by=SYSTEM)


def _removed(session: Session) -> None:
    way = Authenticator.objects.create(account=session.account, kind=Kind.APP, label="Phone")
    discard(way, session=None, by=SYSTEM)


CREDENTIALS: Final[dict[str, tuple[Callable[[Session], object], tuple[str, str]]]] = {
    "password changed": (_set, ("password", "update")),
    "first password": (_first_password, ("password", "create")),
    "password removed": (_no_password, ("password", "delete")),
    "passkey": (lambda s: _added(s, Kind.PASSKEY), ("fido2-platform", "create")),
    "security key": (lambda s: _added(s, Kind.SECURITY_KEY), ("fido2-roaming", "create")),
    "app": (lambda s: _added(s, Kind.APP), ("app", "create")),
    "text messages": (lambda s: _added(s, Kind.TEXT_MESSAGE), ("phone-sms", "create")),
    "sheet": (lambda s: _added(s, Kind.CODE_SHEET), ("printed-codes", "create")),
    "recovery codes": (lambda s: _added(s, Kind.RECOVERY_CODES), ("printed-codes", "create")),
    "app removed": (_removed, ("app", "delete")),
}


class TestCredentialChange:
    """CAEP §3.3."""

    @pytest.mark.parametrize("act, expected", CREDENTIALS.values(), ids=CREDENTIALS)
    def test_the_type_and_what_became_of_it_are_told_and_nothing_else(
        self, session: Session, act: Callable[[Session], object], expected: tuple[str, str]
    ) -> None:
        act(session)
        (body,) = _bodies(EventType.CREDENTIAL_CHANGE)
        assert (body["credential_type"], body["change_type"]) == expected
        assert set(body) == {"credential_type", "change_type", "reason_admin"}

    def test_every_kind_of_authenticator_has_a_type(self) -> None:
        for kind in [*Authenticator.Kind, "password"]:
            for change in ("added", "changed", "removed", "set_aside"):
                assert event_bodies.credential_change(kind, change, at=timezone.now())

    def test_what_was_set_aside_is_told_as_revoked_and_kept_as_changed(
        self, session: Session
    ) -> None:
        way = _added(session, Kind.APP)
        SecurityEvent.objects.all().delete()
        ways.record_way(Event.AUTHENTICATOR_SET_ASIDE, way, by=SYSTEM)
        Authenticator.objects.update(suspect_since=timezone.now())
        ways.keep(session=session, way_id=way.pk, by=SYSTEM)
        told = [body["change_type"] for body in _bodies(EventType.CREDENTIAL_CHANGE)]
        assert told == ["revoke", "update"]

    def test_a_new_name_for_a_way_is_nobodys_business(self, session: Session) -> None:
        way = _added(session, Kind.APP)
        SecurityEvent.objects.all().delete()
        ways.rename(account=session.account, way_id=way.pk, label="Old phone", by=SYSTEM)
        assert _heard() == []


class TestAccount:
    """RISC §2.2 to §2.4: disabled, enabled, purged."""

    @pytest.mark.usefixtures("stream")
    def test_a_suspended_account_is_disabled_and_a_reinstated_one_enabled(
        self, account: Account
    ) -> None:
        suspension.suspend(account=account, by=OPERATOR)
        suspension.reinstate(account=account, by=OPERATOR)
        assert _heard() == [
            (EventType.ACCOUNT_DISABLED.uri, {}),
            (EventType.ACCOUNT_ENABLED.uri, {}),
        ]

    @pytest.mark.usefixtures("stream")
    def test_a_frozen_account_looks_the_same_as_a_suspended_one(self, session: Session) -> None:
        """That its owner is afraid of somebody is not for services to know."""
        account = session.account
        freezing.freeze_by_operator(account=account, by=OPERATOR)
        freezing.unfreeze_by_operator(account=account, by=OPERATOR)
        told = [(uri, body) for uri, body in _heard() if "account" in uri]
        assert told == [(EventType.ACCOUNT_DISABLED.uri, {}), (EventType.ACCOUNT_ENABLED.uri, {})]

    @pytest.mark.usefixtures("stream")
    def test_a_reinstated_account_that_stays_frozen_is_not_enabled(self, account: Account) -> None:
        freezing.freeze_by_operator(account=account, by=OPERATOR)
        suspension.suspend(account=account, by=OPERATOR)
        suspension.reinstate(account=account, by=OPERATOR)
        assert EventType.ACCOUNT_ENABLED.uri not in dict(_heard())

    def test_a_purged_account_is_told_to_all_that_ever_knew_it(
        self, account: Account, stream: EventStream
    ) -> None:
        consents.withdraw(account=account, application=stream.application, by=SYSTEM)
        SecurityEvent.objects.all().delete()
        account_purged.send(Account, account=account)
        assert _heard() == [(EventType.ACCOUNT_PURGED.uri, {})]


def test_no_event_holds_anything_by_which_its_owner_can_be_reached(
    account: Account, session: Session
) -> None:
    _added(session, Kind.TEXT_MESSAGE)
    _set(session)
    suspension.suspend(account=account, by=OPERATOR)
    said = json.dumps(list(SecurityEvent.objects.values_list("body", flat=True)))
    assert SecurityEvent.objects.count() >= 4
    for value in ("amara", "example", "phone,", str(account.pk), str(session.pk)):
        assert value not in said
