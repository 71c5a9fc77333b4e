"""`manage.py account recovery-…`: getting somebody back in who was seen at a counter."""

from typing import Final

from accounts.audit.actor import OPERATOR
from accounts.council.queries import council
from accounts.management.operator_command import Options, Outcome, Refused, Row, Verb, argument
from accounts.models import Account, RecoveryRequest
from accounts.pages.moments import moment
from accounts.profile import queries as accounts
from accounts.recovery import queries
from accounts.recovery.codes.operations import give_at_counter
from accounts.recovery.rules import Refusal
from accounts.recovery.waiting import operations

_GIVE: Final = (
    "Give the code to the account's owner, once you have seen who they are. They type it at "
    "/get-back-in, behind the link that is mailed to them, and keep it until they are back in."
)


def _found(options: Options) -> Account:
    account = accounts.find(options["account"])
    if account is None:
        message = f"There is no account {options['account']!r}"
        raise Refused(message)
    return account


def _waiting(options: Options) -> RecoveryRequest:
    row = queries.latest_of(_found(options))
    if row is None:
        message = "Nobody waits to get back into this account"
        raise Refused(message)
    return row


def _shown(options: Options) -> Outcome:
    return Outcome(_row(_waiting(options)))


def _code(options: Options) -> Outcome:
    account = _found(options)
    code = give_at_counter(account=account, by=OPERATOR)
    return Outcome({"account": account.pk, "code": f"{code[:4]}-{code[4:]}"}, (_GIVE,))


def _resumed(options: Options) -> Outcome:
    _refuse(operations.resume(request=_waiting(options), by=OPERATOR))
    return _shown(options)


def _cancelled(options: Options) -> Outcome:
    row = _waiting(options)
    _refuse(operations.cancel(request=row, by=OPERATOR))
    row.refresh_from_db()
    return Outcome(_row(row))


def _refuse(refusal: Refusal | None) -> None:
    if refusal is not None:
        message = "It is not stopped, or it is over"
        raise Refused(message)


def _row(row: RecoveryRequest) -> Row:
    shown = council()
    phone, hours = shown.phone, shown.hours
    return {
        "account": row.account_id,
        "rung": row.rung,
        "state": row.state,
        "started_at": row.started_at,
        "opens_at": row.opens_at,
        "closes_at": row.closes_at,
        "stopped_at": row.paused_at,
        # In the words and the time zone of the pages and mails that the owner reads.
        "told_to_open": moment(row.opens_at) if row.opens_at else None,
        "until_then": f"any service without this account: by phone, {phone}, {hours}",
    }


_ACCOUNT: Final = argument("account", help="its sign-in name or id")

VERBS: Final = (
    Verb("recovery", "Show who waits to get back in, and from when.", _shown, (_ACCOUNT,)),
    Verb("recovery-code", "Make a code for an owner seen at a counter.", _code, (_ACCOUNT,)),
    Verb("recovery-resume", "Let a stopped wait go on; its owner asked.", _resumed, (_ACCOUNT,)),
    Verb("recovery-cancel", "End a wait that a stranger began.", _cancelled, (_ACCOUNT,)),
)
