"""`manage.py account close`, `reopen` and `unused`."""

from typing import Final

from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.closing import operations
from accounts.closing.operations import NotClosedError, NotReopenedError, Reason
from accounts.closing.rules import Refusal
from accounts.management.operator_command import (
    Options,
    Outcome,
    Refused,
    Row,
    Verb,
    argument,
    count,
)
from accounts.models import Account
from accounts.profile.queries import find
from accounts.unused import queries as unused
from accounts.unused import standing
from idp.management import reaching

_REASONS: Final = (Reason.RESIDENT, Reason.OPERATOR, Reason.INACTIVE)
_REFUSALS: Final = {
    Refusal.CLOSED: "The account is closed",
    Refusal.SUSPENDED: "The account is suspended: reinstate it, or close it with --reason operator",
    Refusal.NOT_CLOSED: "The account is not closed",
    Refusal.OVER: "The account was closed for good, or went into another one",
}
_NOT_UNUSED: Final = (
    "Its owner uses it, was not reminded twice months ago, or was told a day that is yet to come: "
    "see account unused"
)


def _closed(options: Options) -> Outcome:
    account, reason = _found(options), Reason(options["reason"])
    if reason is Reason.INACTIVE and not standing.may_close(account):
        raise Refused(_NOT_UNUSED)
    close = operations.close_by_operator if options["now"] else operations.ask_by_operator
    try:
        close(account=account, reason=reason, case=options["case"], by=OPERATOR)
    except NotClosedError as refused:
        raise Refused(_REFUSALS[refused.reason]) from refused
    return Outcome(_row(_found(options)))


def _reopened(options: Options) -> Outcome:
    account, case = _found(options), options["case"]
    if operations.keep(account=account, case=case, by=OPERATOR) is not None:
        return Outcome(_row(_found(options)))
    try:
        operations.reopen(account=account, case=case, is_operator=True, by=OPERATOR)
    except NotReopenedError as refused:
        raise Refused(_REFUSALS[refused.reason]) from refused
    return Outcome(_row(_found(options)))


def _unused(options: Options) -> Outcome:
    if not unused.is_on():
        message = "Unused accounts stay: BOROUGH_UNUSED_YEARS is not set"
        raise Refused(message)
    rows = unused.told(timezone.now())[: options["limit"]]
    return Outcome([_unused_row(account) for account in rows])


def _found(options: Options) -> Account:
    account = find(options["account"])
    if account is None:
        message = f"There is no account {options['account']!r}"
        raise Refused(message)
    return account


def _row(account: Account) -> Row:
    closing = account.closings.order_by("asked_at").last()
    return {
        "account": account.pk,
        "sign_in_name": reaching.sign_in_name(account),
        "status": account.status,
        "closes_at": closing.closes_at if closing else None,
        "closed_at": closing.closed_at if closing else None,
        "reopen_until": closing.reopen_until if closing else None,
        "cancelled_at": closing.cancelled_at if closing else None,
        "reopened_at": closing.reopened_at if closing else None,
    }


def _unused_row(account: Account) -> Row:
    now, reminded = timezone.now(), unused.reminded(account)
    return {
        "account": account.pk,
        "sign_in_name": reaching.sign_in_name(account),
        "name": account.full_name,
        "created_at": account.created_at,
        "reminded_at": reminded.at,
        "reminded_again_at": reminded.again_at,
        "told_to_close_at": reminded.closes_at,
        "next": standing.due(account, now),
        "kept_from_the_clock": standing.hindrance(account, now),
    }


_ACCOUNT: Final = argument("account", help="its sign-in name or id")
_CASE: Final = argument("--case", required=True, help="where it says why: a case's reference")

VERBS: Final = (
    Verb(
        "close",
        "Close it after the waiting time, of which its owner is told.",
        _closed,
        (
            _ACCOUNT,
            argument(
                "--reason",
                required=True,
                choices=[reason.value for reason in _REASONS],
                help="whose wish it is: its owner's, who can undo it by signing in; yours, which "
                "only you can undo; or nobody's, as it is unused",
            ),
            _CASE,
            argument("--now", action="store_true", help="do not wait"),
        ),
    ),
    Verb(
        "reopen",
        "Keep it while its closing waits; give it back after, until it is deleted for good.",
        _reopened,
        (_ACCOUNT, _CASE),
    ),
    Verb(
        "unused",
        "List accounts that nobody has used for years and whose owners were reminded, whether "
        "they may be closed, and why the clock does not do it: may_close waits for you.",
        _unused,
        (argument("--limit", type=count, default=100, metavar="N", help="default: 100"),),
    ),
)
