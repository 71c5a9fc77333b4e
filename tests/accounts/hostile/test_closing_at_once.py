"""A closing beside what it ends, and beside what takes it back: one is done wholly, one not."""

import secrets

from tests.accounts.hostile.test_steps_at_once import AT_ONCE, ROUNDS, told
from tests.serving.provider import Served

_CLOSING = (
    AT_ONCE
    + """
    from datetime import timedelta
    from django.utils import timezone
    from accounts.audit.actor import OPERATOR
    from accounts.closing import operations as closings, queries as closing_queries
    from accounts.closing.operations import NotClosedError, NotReopenedError, Reason
    from accounts.models import Account, AccountClosing, AuditEvent, Session
    from accounts.sessions import operations as sessions
    from accounts.sessions.operations import AccountChangedError
    from tests import factories

    def ask():
        session = factories.session(account)
        try:
            return str(closings.ask_by_owner(session=session, by=OPERATOR))
        except NotClosedError as error:
            return str(error.reason)

    def close(row):
        return str(closings.come_about(closing=row, now=row.closes_at, by=OPERATOR))

    def keep():
        return str(closings.keep(account=account, by=OPERATOR))

    def reopen():
        try:
            closings.reopen(account=account, by=OPERATOR)
        except NotReopenedError:
            return "refused"
        return "reopened"

    def empty(row):
        return closings.empty(closing=row, now=timezone.now(), by=OPERATOR)

    def sign_in():
        try:
            sessions.start(account=account, proven=people.proven(), replaces=None, by=OPERATOR)
        except AccountChangedError:
            return "refused"
        return "started"

    def status():
        return Account.objects.get(pk=account.pk).status

    def open_sessions():
        return Session.objects.filter(account=account, ended_at=None).count()
"""
)
_ASKED_TWICE = (
    _CLOSING
    + """
    outcomes = at_once(ask, ask)
    rows = AccountClosing.objects.filter(account=account).count()
    found.append([sorted(outcomes), rows])
print(json.dumps(found))
"""
)
_KEPT = (
    _CLOSING
    + """
    ask()
    row = closing_queries.waiting(account)
    kept, closed = at_once(keep, lambda: close(row))
    found.append([kept, closed, status()])
print(json.dumps(found))
"""
)
_SIGNED_IN = (
    _CLOSING
    + """
    ask()
    row = closing_queries.waiting(account)
    at_once(sign_in, lambda: close(row))
    found.append([status(), open_sessions()])
print(json.dumps(found))
"""
)
_EMPTIED = (
    _CLOSING
    + """
    closings.close_by_operator(account=account, reason=Reason.RESIDENT, case="", by=OPERATOR)
    row = AccountClosing.objects.get(account=account)
    soon = timezone.now() + timedelta(milliseconds=20)
    AccountClosing.objects.filter(pk=row.pk).update(reopen_until=soon)
    name = account.sign_in_name
    opened, emptied = at_once(reopen, lambda: empty(row))
    left = Account.objects.get(pk=account.pk)
    found.append([opened, emptied, left.status, left.sign_in_name == name])
print(json.dumps(found))
"""
)


def _name() -> str:
    return f"{secrets.token_hex(8)}x"


def test_asked_for_in_two_tabs_one_closing_waits(served: Served) -> None:
    expected = [["closing_asked", "closing_asked_already"], 1]
    assert told(served, _ASKED_TWICE, address=_name()) == [expected] * ROUNDS


def test_kept_while_it_closes_it_is_kept_or_closed_and_whoever_was_second_is_told(
    served: Served,
) -> None:
    possible = (["closing_cancelled", "nothing", "active"], ["None", "close", "closed"])
    assert all(one in possible for one in told(served, _KEPT, address=_name()))


def test_whoever_signs_in_while_it_closes_is_out(served: Served) -> None:
    assert told(served, _SIGNED_IN, address=_name()) == [["closed", 0]] * ROUNDS


def test_opened_while_it_is_emptied_it_is_whole_or_empty(served: Served) -> None:
    whole = ["reopened", False, "active", True]
    empty = ["refused", True, "closed", False]
    # Neither: it was asked for in the very moment between the two.
    neither = ["refused", False, "closed", True]
    assert all(one in (whole, empty, neither) for one in told(served, _EMPTIED, address=_name()))
