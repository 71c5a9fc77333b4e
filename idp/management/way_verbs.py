"""`manage.py account ways`, `lend-key` and `take-back-key`: for staff who lend security keys."""

from typing import Final
from uuid import UUID

from accounts.assurance import Level, level_of
from accounts.audit.actor import OPERATOR
from accounts.management.operator_command import Options, Outcome, Refused, Row, Verb, argument
from accounts.mfa.operations import lend
from accounts.mfa.queries import all_of, methods_of
from accounts.mfa.removal import take_back
from accounts.mfa.rules import Lending, Removal
from accounts.models import Account, Authenticator
from accounts.profile import queries

_BACK: Final = (
    "Its owner reads on their own pages that it is lent. Before somebody else gets it, use "
    "take-back-key and reset the key: until then it still stands behind their password."
)
_ONE_FACTOR: Final = (
    "The account has no second step any more: its password alone signs in. Services that ask for "
    "two factors are out of reach until its owner adds another way, such as a printed code sheet."
)
_LAST_WAY: Final = (
    "Without this key nobody can sign in (last_way_in): its password does not work, and there is "
    "no passkey. Get its owner back in first, with recovery-code"
)


def _found(options: Options) -> Account:
    account = queries.find(options["account"])
    if account is None:
        message = f"There is no account {options['account']!r}"
        raise Refused(message)
    return account


def _shown(options: Options) -> Outcome:
    return Outcome([_row(way) for way in all_of(_found(options))])


def _lent(options: Options) -> Outcome:
    account = _found(options)
    outcome = lend(account=account, way_id=options["way"], by=OPERATOR)
    if outcome is Lending.GONE:
        message = f"The account has no security key {options['way']}"
        raise Refused(message)
    if outcome is Lending.TOO_OLD:
        message = "The key was added more than an hour ago: it is the owner's own"
        raise Refused(message)
    return Outcome([_row(way) for way in all_of(account)], (_BACK,))


def _taken_back(options: Options) -> Outcome:
    account = _found(options)
    outcome = take_back(account=account, way_id=options["way"], by=OPERATOR)
    if outcome is Removal.GONE:
        message = f"The account has no security key {options['way']} that the council lent"
        raise Refused(message)
    if outcome is not Removal.REMOVED:
        raise Refused(_LAST_WAY)
    is_weak = level_of(methods_of(account)) <= Level.ONE_FACTOR
    rows = [_row(way) for way in all_of(account)]
    return Outcome(rows, (_ONE_FACTOR,) if is_weak else ())


def _row(way: Authenticator) -> Row:
    return {
        "way": way.pk,
        "kind": way.kind,
        "added_at": way.created_at,
        "last_used_at": way.last_used_at,
        "lent_by_council": way.lent_by_council,
    }


_ACCOUNT: Final = argument("account", help="its sign-in name or id")
_WAY: Final = argument("way", type=UUID, help="the key's id, as `ways` shows it")

VERBS: Final = (
    Verb("ways", "List an account's ways to sign in, the last used first.", _shown, (_ACCOUNT,)),
    Verb("lend-key", "Note that a security key is the council's.", _lent, (_ACCOUNT, _WAY)),
    Verb("take-back-key", "Remove a lent key that came back.", _taken_back, (_ACCOUNT, _WAY)),
)
