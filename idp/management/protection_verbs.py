"""`manage.py account protect` and its like, for when no named lead is left."""

from collections.abc import Callable
from typing import Final

from accounts.audit.actor import OPERATOR
from accounts.audit.operations import About
from accounts.management.operator_command import Options, Outcome, Refused, Row, Verb, argument
from accounts.models import Account
from accounts.profile import queries as profiles
from accounts.staffing.people import queries as people
from idp.console.protection import operations, queries
from idp.console.protection.operations import NotChangedError
from idp.console.protection.rules import Refusal

_REFUSALS: Final[dict[Refusal, str]] = {
    Refusal.NO_LEAD: "This member of staff is no support lead",
    Refusal.NOT_PROTECTED: "The account is not protected",
    Refusal.PROTECTED_ALREADY: "The account is protected already: use name-lead",
}


def _shown(options: Options) -> Outcome:
    return Outcome(_rows(_found(options)))


def _protected(options: Options) -> Outcome:
    account, lead = _found(options), _lead(options)
    return _after(
        account,
        lambda: operations.protect(
            account=account, lead=lead, until=None, by=OPERATOR, about=About(account_id=account.pk)
        ),
    )


def _named(options: Options) -> Outcome:
    account, lead = _found(options), _lead(options)
    return _after(
        account,
        lambda: operations.name_lead(
            account=account, lead=lead, by=OPERATOR, about=About(account_id=account.pk)
        ),
    )


def _lifted(options: Options) -> Outcome:
    account = _found(options)
    about = About(account_id=account.pk)
    return _after(account, lambda: operations.lift(account=account, by=OPERATOR, about=about))


def _after(account: Account, act: Callable[[], object]) -> Outcome:
    try:
        act()
    except NotChangedError as error:
        raise Refused(_REFUSALS[error.refusal]) from error
    return Outcome(_rows(account))


def _rows(account: Account) -> list[Row]:
    found = queries.in_force(account)
    if found is None:
        return []
    return [
        {"lead": row.staff_id, "name": row.staff.full_name, "named_at": row.named_at}
        for row in queries.leads_of(found)
    ]


def _found(options: Options) -> Account:
    account = profiles.find(options["account"])
    if account is None:
        message = f"There is no account {options['account']!r}"
        raise Refused(message)
    return account


def _lead(options: Options) -> Account:
    row = people.find(options["lead"])
    if row is None:
        message = f"Nobody of the staff works at {options['lead']!r}"
        raise Refused(message)
    return row.account


_ACCOUNT: Final = argument("account", help="its sign-in name or id")
_LEAD: Final = argument("lead", help="the support lead's email address at work")

VERBS: Final = (
    Verb("protection", "List who may read a protected account's contacts.", _shown, (_ACCOUNT,)),
    Verb("protect", "Mask its contacts for all but a lead.", _protected, (_ACCOUNT, _LEAD)),
    Verb("name-lead", "Let one more lead read its contacts.", _named, (_ACCOUNT, _LEAD)),
    Verb("lift-protection", "Protect an account no more.", _lifted, (_ACCOUNT,)),
)
