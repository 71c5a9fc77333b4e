"""`manage.py account VERB`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError

from accounts.audit.actor import OPERATOR
from accounts.closing import queries as closings
from accounts.freezing import operations as freezing
from accounts.freezing.queries import in_force
from accounts.freezing.rules import Freezing
from accounts.management.operator_command import (
    Misused,
    Options,
    Outcome,
    Refused,
    Row,
    Verb,
    argument,
    count,
)
from accounts.models import Account
from accounts.names.rules import is_plain_name, name_problem
from accounts.notices.forms import MailAddressField
from accounts.passwords.wording import refusal
from accounts.profile import queries
from accounts.safety.channels import channels_of
from accounts.security.tokens import typed_secret
from accounts.sessions import queries as sessions
from accounts.signup.operations import NoAccountMadeError, create_account
from accounts.signup.rules import Refusal
from accounts.suspension import operations as suspension
from accounts.suspension.operations import AccountClosedError, HeldAfterDeathError
from clients.organisations.queries import find as find_organisation
from idp.console.protection import operations as protected
from idp.console.protection.queries import unprotected
from idp.management import claims_file, reaching
from idp.management.claims_file import ClaimsError

_KEEP: Final = "Give the password to its owner now: it cannot be shown again."
_LONGEST_FULL_NAME: Final = 200
_REFUSALS: Final = {
    Refusal.NAME_TAKEN: "This sign-in name is taken: choose another with --sign-in-name",
    Refusal.ADDRESS_FULL: "This address has as many accounts as one address may have",
}


def _found(reference: str) -> Account:
    account = queries.find(reference)
    if account is None:
        message = f"There is no account {reference!r}"
        raise Refused(message)
    return account


def _listed(options: Options) -> Outcome:
    rows = queries.listed()
    if options["protected"]:
        protected.note_listed(by=OPERATOR)
    else:
        rows = unprotected(rows)
    return Outcome([_row(account) for account in rows[: options["limit"]]])


def _shown(options: Options) -> Outcome:
    return Outcome(_detail(_found(options["account"])))


def _created(options: Options) -> Outcome:
    address = _address(options["email"])
    _check_names(options)
    claims, group = _claims(options), _test_group(options)
    password = _typed_password(options) if options["password_stdin"] else typed_secret()
    try:
        account = create_account(
            sign_in_name=options["sign_in_name"] or address,
            full_name=options["name"],
            address=address,
            password=password,
            test_group=group,
            claims=claims,
            by=OPERATOR,
        )
    except NoAccountMadeError as refused:
        raise Refused(_REFUSALS[refused.reason]) from refused
    shown = _detail(_found(str(account.pk)))
    if options["password_stdin"]:
        return Outcome(shown)
    return Outcome({**shown, "password": password}, (_KEEP,))


def _suspended(options: Options) -> Outcome:
    with _closed_ones_refused():
        suspension.suspend(account=_found(options["account"]), by=OPERATOR)
    return _shown(options)


def _reinstated(options: Options) -> Outcome:
    with _closed_ones_refused():
        suspension.reinstate(account=_found(options["account"]), by=OPERATOR)
    return _shown(options)


def _frozen(options: Options) -> Outcome:
    account = _found(options["account"])
    if freezing.freeze_by_operator(account=account, by=OPERATOR) is Freezing.CLOSED:
        message = "The account is closed"
        raise Refused(message)
    return _shown(options)


def _unfrozen(options: Options) -> Outcome:
    freezing.unfreeze_by_operator(account=_found(options["account"]), by=OPERATOR)
    return _shown(options)


def _sessions_ended(options: Options) -> Outcome:
    account = _found(options["account"])
    ended = suspension.end_everything(account=account, by=OPERATOR)
    return Outcome({**_row(account), "sessions_ended": ended})


@contextmanager
def _closed_ones_refused() -> Iterator[None]:
    try:
        yield
    except HeldAfterDeathError as refused:
        message = "Its owner is said to have died: use undo-death"
        raise Refused(message) from refused
    except AccountClosedError as refused:
        message = "The account is closed"
        raise Refused(message) from refused


def _address(typed: str) -> str:
    try:
        return MailAddressField().clean(typed)
    except ValidationError as error:
        message = f"--email is unfit: {error.messages[0]}"
        raise Misused(message) from error


def _check_names(options: Options) -> None:
    if options["sign_in_name"] and (problem := name_problem(options["sign_in_name"])):
        message = f"--sign-in-name is unfit: {problem.replace('_', ' ')}"
        raise Misused(message)
    name = options["name"]
    if len(name) > _LONGEST_FULL_NAME or not is_plain_name(name):
        message = f"--name must be 1 to {_LONGEST_FULL_NAME} letters in one line, none hidden"
        raise Misused(message)


def _claims(options: Options) -> dict[str, Any]:
    if options["claims"] is None:
        return {}
    if not options["test"]:
        message = "--claims needs --test: nobody else's details can be made up"
        raise Misused(message)
    try:
        return claims_file.read(options["claims"])
    except ClaimsError as error:
        raise Misused(str(error)) from error


def _test_group(options: Options) -> UUID | None:
    """Return whose test resident it is to be; None for a real person."""
    if options["test"] != bool(options["organisation"]):
        message = "--test and --organisation go together: it is a test resident of that one"
        raise Misused(message)
    if not options["test"]:
        return None
    found = find_organisation(options["organisation"])
    if found is None:
        message = f"There is no organisation {options['organisation']!r}"
        raise Refused(message)
    return found.pk


def _typed_password(options: Options) -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    own_words = [options["name"], options["email"], options["sign_in_name"]]
    if reason := refusal(password, own_words=own_words):
        raise Misused(reason)
    return password


def _row(account: Account) -> Row:
    return {
        "account": account.pk,
        "sign_in_name": reaching.sign_in_name(account),
        "name": account.full_name,
        "status": account.status,
        "test": account.is_test,
    }


def _detail(account: Account) -> Row:
    return {
        **_row(account),
        "email_addresses": reaching.email_addresses(account),
        "unsafe": [reaching.shown(account, one) for one in channels_of(account) if one.is_unsafe],
        **_freeze(account),
        "closes_at": closing.closes_at if (closing := closings.waiting(account)) else None,
        "changes_held_until": account.changes_held_until,
        "open_sessions": len(sessions.of_account(account)),
        "created_at": account.created_at,
        "password_changed_at": account.password_changed_at,
        "test_claims": account.test_claims,
    }


def _freeze(account: Account) -> Row:
    freeze = in_force(account)
    if freeze is None:
        return {"frozen_at": None}
    return {
        "frozen_at": freeze.frozen_at,
        "frozen_by": freeze.by,
        "unfreezes_at_level": freeze.level,
    }


_ACCOUNT: Final = argument("account", help="its sign-in name or id")

VERBS: Final = (
    Verb(
        "list",
        "List accounts that are not protected, newest first.",
        _listed,
        (
            argument("--limit", type=count, default=100, metavar="N", help="default: 100"),
            argument("--protected", action="store_true", help="protected ones too; recorded"),
        ),
    ),
    Verb("show", "Show one account.", _shown, (_ACCOUNT,)),
    Verb(
        "create",
        "Create an account, its address taken as confirmed.",
        _created,
        (
            argument("--email", required=True, help="contact address"),
            argument("--name", required=True, help="full name"),
            argument("--sign-in-name", default="", help="default: the email address"),
            argument("--password-stdin", action="store_true", help="read it, do not make one"),
            argument("--test", action="store_true", help="a made-up person"),
            argument(
                "--organisation",
                default="",
                metavar="SLUG",
                help="whose sandbox applications alone know the test account",
            ),
            argument(
                "--claims", type=Path, metavar="FILE", help="a test account's details, as JSON"
            ),
        ),
    ),
    Verb(
        "suspend", "End its sessions and tokens, and let nobody sign in.", _suspended, (_ACCOUNT,)
    ),
    Verb("reinstate", "Let its owner sign in again.", _reinstated, (_ACCOUNT,)),
    Verb("freeze", "Stop it as its owner would, until they unfreeze it.", _frozen, (_ACCOUNT,)),
    Verb("unfreeze", "Undo a freeze, for an owner seen at a counter.", _unfrozen, (_ACCOUNT,)),
    Verb(
        "end-sessions", "Sign it out everywhere, and end its tokens.", _sessions_ended, (_ACCOUNT,)
    ),
)
