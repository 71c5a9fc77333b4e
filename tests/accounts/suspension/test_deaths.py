"""A death holds the account and all that we would send, until it is undone, which is at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.audit.operations import About
from accounts.closing import operations as closings
from accounts.closing.rules import Due
from accounts.freezing import operations as freezing
from accounts.models import Account, AccountClosing, AuditEvent, DeathNote, OutboundMessage, Session
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.suspension import operations as suspension
from accounts.suspension.deaths import operations, queries, rules
from accounts.suspension.deaths.operations import NotNotedError
from accounts.suspension.operations import HeldAfterDeathError
from tests import factories
from tests.accounts.post import letters
from tests.commands import refused, run

pytestmark = pytest.mark.django_db

E = DeathNote.Evidence


def _note(account: Account, evidence: DeathNote.Evidence = E.CERTIFICATE) -> DeathNote:
    about = About(account_id=account.pk)
    return operations.note(account=account, evidence=evidence, by=OPERATOR, about=about)


def _undo(account: Account) -> bool:
    about = About(account_id=account.pk)
    return operations.undo(account=account, reason="operator", by=OPERATOR, about=about)


def _status(account: Account) -> str:
    account.refresh_from_db()
    return account.status


def _recorded(event: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(event=event).order_by("pk"))


class TestHolding:
    def test_nobody_gets_in_and_sessions_end(self) -> None:
        account = factories.account(password=factories.PASSWORD)
        session = factories.session(account)
        _note(account)
        assert _status(account) == "suspended"
        session.refresh_from_db()
        assert session.end_reason == Session.EndReason.ACCOUNT_SUSPENDED
        [event] = _recorded("account:death:noted")
        assert (event.account_id, event.reason) == (account.pk, "certificate")

    def test_the_owner_is_sent_nothing_not_even_what_waited(self) -> None:
        account = factories.account()
        tell(account=account, news=News.WAY_ADDED)
        _note(account)
        tell(account=account, news=News.WAY_REMOVED)
        assert letters() == []
        assert set(OutboundMessage.objects.values_list("state", flat=True)) == {"dropped"}

    def test_another_account_at_the_mailbox_still_is(self) -> None:
        account, widow = factories.account(), factories.account()
        _note(account)
        tell(account=widow, news=News.WAY_ADDED)
        assert len(letters()) == 1

    def test_a_closed_account_is_left_alone(self) -> None:
        account = factories.account(status=Account.Status.CLOSED)
        with pytest.raises(NotNotedError):
            _note(account)
        assert not DeathNote.objects.exists()

    def test_twice_is_as_once(self) -> None:
        account = factories.account()
        assert _note(account).pk == _note(account, E.REGISTRAR).pk
        assert len(_recorded("account:death:noted")) == 1
        assert DeathNote.objects.get().evidence == "certificate"

    def test_a_closing_that_waited_waits_and_begins_anew_afterwards(self) -> None:
        account = factories.account()
        closing = AccountClosing.objects.create(
            account=account,
            reason=AccountClosing.Reason.RESIDENT,
            asked_at=timezone.now(),
            closes_at=timezone.now() + timedelta(hours=1),
        )
        _note(account)
        due = closings.come_about(closing=closing, now=closing.closes_at, by=OPERATOR)
        assert due is Due.NOTHING
        _undo(account)
        closing.refresh_from_db()
        assert closing.closes_at > timezone.now() + timedelta(days=1)

    def test_a_plain_reinstating_does_not_undo_it(self) -> None:
        account = factories.account()
        _note(account)
        with pytest.raises(HeldAfterDeathError):
            suspension.reinstate(account=account, by=OPERATOR)
        assert _status(account) == "suspended"
        message, _code = refused("account", "reinstate", str(account.pk))
        assert "undo-death" in message


class TestUndoing:
    def test_all_is_as_before_and_the_owner_is_told(self) -> None:
        account = factories.account()
        _note(account)
        assert _undo(account)
        assert _status(account) == "active"
        [letter] = letters()
        assert "told by mistake" in letter.text
        assert not _undo(account)
        assert len(_recorded("account:death:undone")) == 1

    def test_what_its_owner_froze_stays_frozen(self) -> None:
        account = factories.account()
        freezing.freeze_by_operator(account=account, by=OPERATOR)
        _note(account)
        _undo(account)
        assert _status(account) == "frozen"

    def test_what_was_suspended_before_stays_suspended_and_says_nothing(self) -> None:
        account = factories.account()
        suspension.suspend(account=account, by=OPERATOR)
        _note(account)
        before = len(letters())
        _undo(account)
        assert _status(account) == "suspended"
        assert len(letters()) == before
        suspension.reinstate(account=account, by=OPERATOR)
        assert _status(account) == "active"

    def test_what_was_suspended_meanwhile_stays_so_too(self) -> None:
        account = factories.account()
        _note(account)
        suspension.suspend(account=account, by=OPERATOR)
        _undo(account)
        assert _status(account) == "suspended"

    def test_a_suspension_that_ends_meanwhile_leaves_the_death(self) -> None:
        account = factories.account()
        suspension.suspend(account=account, by=OPERATOR)
        _note(account)
        suspension.reinstate(account=account, by=OPERATOR)
        assert _status(account) == "suspended"
        _undo(account)
        assert _status(account) == "active"

    def test_an_operator_undoes_it_by_command(self) -> None:
        account = factories.account()
        _note(account)
        assert run("account", "undo-death", str(account.pk))["status"] == "active"
        message, _code = refused("account", "undo-death", str(account.pk))
        assert "Nobody told us" in message


class TestACall:
    def test_it_holds_for_two_weeks_and_is_then_undone_with_notice(self) -> None:
        account = factories.account()
        row = _note(account, E.CALL)
        assert row.lapses_at == row.noted_at + rules.CONFIRMED_WITHIN
        assert operations.undo_lapsed(now=row.lapses_at - timedelta(seconds=1)) == 0
        assert _status(account) == "suspended"
        assert operations.undo_lapsed(now=row.lapses_at) == 1
        assert _status(account) == "active"
        assert "told by mistake" in letters()[-1].text
        [event] = _recorded("account:death:undone")
        assert (event.reason, event.actor_kind) == ("not_confirmed", "system")

    def test_evidence_makes_it_stay(self) -> None:
        account = factories.account()
        _note(account, E.CALL)
        _note(account, E.TELL_US_ONCE)
        assert operations.undo_lapsed(now=timezone.now() + timedelta(days=99)) == 0
        assert _status(account) == "suspended"
        [event] = _recorded("account:death:confirmed")
        assert event.reason == "tell_us_once"

    def test_a_call_takes_nothing_from_evidence(self) -> None:
        account = factories.account()
        _note(account)
        _note(account, E.CALL)
        row = queries.in_force(account)
        assert row is not None
        assert (row.evidence, row.lapses_at) == ("certificate", None)

    def test_evidence_that_comes_in_between_wins(self) -> None:
        account = factories.account()
        row = _note(account, E.CALL)
        later = timezone.now() + timedelta(days=15)
        listed = list(queries.lapsed(later))
        _note(account, E.REGISTRAR)
        assert listed == [row]
        assert operations.undo_lapsed(now=later) == 0
