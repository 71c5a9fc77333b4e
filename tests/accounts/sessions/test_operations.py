"""Starting and ending sessions."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from accounts.assurance import Method, Proof
from accounts.audit.actor import OPERATOR, SYSTEM
from accounts.models import AuditEvent, Session
from accounts.security.tokens import random_token
from accounts.sessions import operations, queries
from accounts.signals import session_ended
from accounts.suspension.operations import suspend
from tests.factories import people

pytestmark = pytest.mark.django_db
Reason = Session.EndReason


@pytest.fixture
def told() -> Iterator[list[dict[str, Any]]]:
    news: list[dict[str, Any]] = []

    def listen(**sent: Any) -> None:
        news.append({name: sent[name] for name in ("sessions", "reason", "successor")})

    session_ended.connect(listen)
    yield news
    session_ended.disconnect(listen)


def test_the_cookie_of_a_new_session_finds_it_and_no_other_value_does() -> None:
    account = people.account()
    started = operations.start(account=account, proven=people.proven(), replaces=None, by=SYSTEM)
    assert queries.by_cookie(started.cookie_value) == started.session
    assert queries.by_cookie(started.session.cookie_hash) is None
    assert queries.by_cookie(str(started.session.pk)) is None


def test_ending_a_session_twice_changes_and_tells_it_once(told: list[dict[str, Any]]) -> None:
    session = people.session(people.account())
    operations.end(session=session, reason=Reason.SIGNED_OUT, by=SYSTEM)
    operations.end(session=session, reason=Reason.ENDED_BY_OPERATOR, by=SYSTEM)
    session.refresh_from_db()
    assert session.end_reason == Reason.SIGNED_OUT
    assert told == [{"sessions": [session.pk], "reason": "signed_out", "successor": None}]
    assert AuditEvent.objects.filter(event="account:session:ended").count() == 1


def test_ending_all_spares_the_one_to_keep_and_other_accounts(told: list[dict[str, Any]]) -> None:
    account = people.account()
    kept, other = people.session(account), people.session(people.account())
    ended = {people.session(account).pk for _number in range(2)}
    count = operations.end_all(
        account=account, reason=Reason.PASSWORD_CHANGED, by=OPERATOR, keep=kept
    )
    assert count == 2
    assert [set(news["sessions"]) for news in told] == [ended]
    assert set(Session.objects.filter(ended_at=None)) == {kept, other}


def test_ending_none_tells_nobody(told: list[dict[str, Any]]) -> None:
    account = people.account()
    assert operations.end_all(account=account, reason=Reason.PASSWORD_RESET, by=OPERATOR) == 0
    assert told == []


def test_an_error_in_whoever_is_told_undoes_the_end() -> None:
    session = people.session(people.account())

    def fail(**_: Any) -> None:
        raise LookupError

    session_ended.connect(fail)
    try:
        with pytest.raises(LookupError):
            operations.end(session=session, reason=Reason.SIGNED_OUT, by=SYSTEM)
    finally:
        session_ended.disconnect(fail)
    session.refresh_from_db()
    assert session.ended_at is None
    assert not AuditEvent.objects.exists()


def test_no_session_starts_for_an_account_suspended_meanwhile() -> None:
    account = people.account()
    suspend(account=account, by=OPERATOR)
    with pytest.raises(operations.AccountChangedError):
        operations.start(account=account, proven=people.proven(), replaces=None, by=SYSTEM)


def test_a_session_that_ends_at_that_very_moment_is_not_strengthened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its owner ends it on another device while whoever sits here adds a way to sign in."""
    session = people.session(people.account())

    def end_first() -> str:
        Session.objects.filter(pk=session.pk).update(ended_at=timezone.now())
        return random_token()

    monkeypatch.setattr(operations, "random_token", end_first)
    proof = Proof(Method.APP, timezone.now())
    with pytest.raises(operations.AccountChangedError):
        operations.strengthen(session=session, proof=proof, by=SYSTEM)
    assert Session.objects.count() == 1


def test_only_open_sessions_are_listed() -> None:
    account = people.account()
    open_one = people.session(account)
    now = timezone.now()
    people.session(account, ended_at=now)
    people.session(account, expires_at=now)
    people.session(people.account())
    assert queries.of_account(account) == [open_one]


@pytest.mark.parametrize("column", ["ended_at", "expires_at"])
def test_the_condition_for_other_tables_agrees_with_the_rule(column: str) -> None:
    session = people.session(people.account(), **{column: timezone.now()})
    assert not queries.still_open(session)
    assert not Session.objects.filter(queries.open_now(timezone.now())).exists()
