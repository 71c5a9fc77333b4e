"""What "this wasn't me" beside a row of the history does, signed in."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.assurance import Method, Proof
from accounts.audit.actor import resident
from accounts.audit.events import Event
from accounts.history.operations import not_me_by_owner
from accounts.history.rules import Outcome
from accounts.models import Account, AuditEvent, Authenticator, Session
from accounts.sessions import queries as sessions
from accounts.signals import credential_changed
from tests import factories

pytestmark = pytest.mark.django_db

AGO = timedelta(days=2)


@pytest.fixture
def account() -> Account:
    return factories.account(password=factories.PASSWORD)


@pytest.fixture
def sheet(account: Account) -> Authenticator:
    return factories.way(account, "code_sheet", created_at=timezone.now() - 10 * AGO)


def strange(account: Account, **columns: Any) -> AuditEvent:
    """Return an event of two days ago that its owner knows nothing of."""
    columns = {"at": timezone.now() - AGO, "event": Event.AUTHENTICATOR_ADDED, **columns}
    return AuditEvent.objects.create(account_id=account.pk, actor_kind="resident", **columns)


def session_by(account: Account, *ways: Authenticator, **columns: Any) -> Session:
    """Return a session by the password and these ways."""
    now = timezone.now()
    proofs = [Proof(Method.PASSWORD, now), *(Proof(Method(way.kind), now, way.pk) for way in ways)]
    kept = [proof.as_json() for proof in proofs]
    return factories.session(account, proofs=kept, **{"level": len(kept), **columns})


def not_me(session: Session, event: AuditEvent) -> Outcome:
    return not_me_by_owner(session=session, event=event, by=resident(session.account))


def suspects(account: Account) -> set[str]:
    rows = account.authenticators.exclude(suspect_since=None)
    return set(rows.values_list("kind", flat=True))


def test_everybody_is_signed_out_and_offline_tokens_end(
    account: Account, sheet: Authenticator
) -> None:
    mine = session_by(account, sheet)
    factories.session(account)
    heard: list[dict[str, Any]] = []
    credential_changed.connect(lambda **news: heard.append(news), weak=False, dispatch_uid="test")
    not_me(mine, strange(account))
    credential_changed.disconnect(dispatch_uid="test")
    assert sessions.of_account(account) == []
    assert {session.end_reason for session in account.sessions.all()} == {"not_me"}
    assert [(news["kept_session"], news["offline_ends"]) for news in heard] == [(None, True)]


def test_what_was_added_since_stops_and_what_was_there_before_stays(
    account: Account, sheet: Authenticator
) -> None:
    event = strange(account)
    factories.way(account, "passkey", created_at=event.at)
    factories.way(account, "app")
    assert not_me(session_by(account, sheet), event) is Outcome.SET_ASIDE
    assert suspects(account) == {"passkey", "app"}


def test_the_same_kind_from_before_counts_as_left(account: Account) -> None:
    old = factories.way(account, "app", created_at=timezone.now() - 10 * AGO)
    factories.way(account, "app")
    assert not_me(session_by(account, old), strange(account)) is Outcome.SET_ASIDE
    assert list(account.authenticators.filter(suspect_since=None)) == [old]


def test_what_is_new_does_not_help_to_set_aside_what_is_new(
    account: Account, sheet: Authenticator
) -> None:
    new = factories.way(account, "app")
    assert not_me(session_by(account, new), strange(account)) is Outcome.ENDED
    assert suspects(account) == set()
    del sheet


def test_a_session_that_rests_also_on_what_is_new_may_set_that_aside(
    account: Account, sheet: Authenticator
) -> None:
    new = factories.way(account, "app")
    assert not_me(session_by(account, sheet, new), strange(account)) is Outcome.SET_ASIDE
    assert suspects(account) == {"app"}


def test_a_password_changed_since_is_set_aside_by_a_session_that_rests_on_it_too(
    account: Account,
) -> None:
    sheet = factories.way(account, "code_sheet", created_at=timezone.now() - 10 * AGO)
    passkey = factories.way(account, "passkey", created_at=timezone.now() - 10 * AGO)
    account.password_changed_at = timezone.now() - AGO
    account.save()
    mine = session_by(account, sheet, passkey)
    assert not_me(mine, strange(account)) is Outcome.SET_ASIDE
    account.refresh_from_db()
    assert account.password_suspect_since is not None


def test_nothing_is_set_aside_by_less_than_the_account_has(
    account: Account, sheet: Authenticator
) -> None:
    factories.way(account, "app")
    mine = session_by(account)
    assert not_me(mine, strange(account)) is Outcome.ENDED
    assert suspects(account) == set()
    del sheet


def test_nothing_is_set_aside_by_a_sign_in_of_an_hour_ago(
    account: Account, sheet: Authenticator
) -> None:
    factories.way(account, "app")
    mine = session_by(account, sheet, auth_time=timezone.now() - timedelta(hours=1))
    assert not_me(mine, strange(account)) is Outcome.ENDED
    assert suspects(account) == set()


def test_nobody_is_left_without_a_way_in(account: Account) -> None:
    app = factories.way(account, "app")
    mine = session_by(account, app)
    assert not_me(mine, strange(account)) is Outcome.ENDED
    assert suspects(account) == set()


def test_the_facts_are_recorded_with_ids_and_enums_alone(
    account: Account, sheet: Authenticator
) -> None:
    factories.way(account, "app", label="Ann's phone")
    not_me(session_by(account, sheet), strange(account))
    said = AuditEvent.objects.get(event="account:not_me:said")
    assert (said.reason, said.detail) == ("owner", {"set_aside": True})
    aside = AuditEvent.objects.get(event="account:authenticator:set_aside")
    assert aside.object_kind == "app"
    assert "Ann" not in str(AuditEvent.objects.values())
