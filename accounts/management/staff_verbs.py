"""`manage.py staff VERB`."""

from typing import Final

from accounts.audit.actor import OPERATOR
from accounts.management.operator_command import Options, Outcome, Refused, Row, Verb, argument
from accounts.models import Account, StaffRole
from accounts.profile.queries import find
from accounts.staffing import operations, queries


def _listed(options: Options) -> Outcome:
    rows = [_row(role) for role in queries.listed()]
    return Outcome([row for row in rows if options["role"] in {None, row["role"]}])


def _granted(options: Options) -> Outcome:
    account, role = _account(options), StaffRole.Role(options["role"])
    try:
        operations.grant(account=account, role=role, by=OPERATOR)
    except operations.MadeUpError as refused:
        message = "A test account has no role: nobody would answer for what it decides"
        raise Refused(message) from refused
    except operations.NotActiveError as refused:
        message = f"The account is {account.status}: its owner cannot sign in"
        raise Refused(message) from refused
    return _roles(account)


def _revoked(options: Options) -> Outcome:
    account, role = _account(options), StaffRole.Role(options["role"])
    if not operations.revoke(account=account, role=role, by=OPERATOR):
        message = f"{options['account']!r} does not have this role: see staff list"
        raise Refused(message)
    return _roles(account)


def _account(options: Options) -> Account:
    account = find(options["account"])
    if account is None:
        message = f"There is no account {options['account']!r}"
        raise Refused(message)
    return account


def _roles(account: Account) -> Outcome:
    roles = account.staff_roles.order_by("role").values_list("role", flat=True)
    return Outcome({"account": account.pk, "name": account.full_name, "roles": list(roles)})


def _row(role: StaffRole) -> Row:
    return {
        "role": role.role,
        "account": role.account_id,
        "sign_in_name": role.account.sign_in_name,
        "name": role.account.full_name,
        "granted_at": role.granted_at,
    }


_ACCOUNT: Final = argument("account", help="sign-in name or id")
_ROLE: Final = argument("role", choices=StaffRole.Role.values)

VERBS: Final = (
    Verb(
        "list",
        "List who of the staff has which role.",
        _listed,
        (argument("--role", choices=StaffRole.Role.values, help="only those with this role"),),
    ),
    Verb("grant", "Give somebody of the staff a role.", _granted, (_ACCOUNT, _ROLE)),
    Verb("revoke", "Take a role away, from now on.", _revoked, (_ACCOUNT, _ROLE)),
)
