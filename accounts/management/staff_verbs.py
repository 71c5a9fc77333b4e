"""`manage.py staff VERB`."""

from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts.audit.actor import OPERATOR
from accounts.management.operator_command import (
    Misused,
    Options,
    Outcome,
    Refused,
    Row,
    Verb,
    argument,
)
from accounts.models import Account, StaffMember, StaffRole
from accounts.names.rules import is_plain_line, is_plain_name
from accounts.profile.queries import find as find_resident
from accounts.staffing import operations, queries
from accounts.staffing.keys.queries import of_account
from accounts.staffing.people import operations as people_operations
from accounts.staffing.people import queries as people

_LONGEST_ADDRESS: Final = 200
_LONGEST_NAME: Final = 200
_LONGEST_TEAM: Final = 100


def _made(options: Options) -> Outcome:
    address, name, team = options["work_email"], options["name"], options["team"]
    try:
        validate_email(address)
    except ValidationError as error:
        message = f"{address!r} is not an email address"
        raise Misused(message) from error
    if len(address) > _LONGEST_ADDRESS:
        message = "The email address is too long"
        raise Misused(message)
    if not is_plain_name(name) or len(name) > _LONGEST_NAME:
        message = "Give a name with letters, without hidden characters"
        raise Misused(message)
    if team and (not is_plain_line(team) or len(team) > _LONGEST_TEAM):
        message = "Give a team with letters, without hidden characters"
        raise Misused(message)
    try:
        member = people_operations.make(work_email=address, name=name, team=team, by=OPERATOR)
    except people_operations.AlreadyStaffError as refused:
        message = f"{address} has a staff account: see staff people"
        raise Refused(message) from refused
    return Outcome(_member_row(member))


def _sent(options: Options) -> Outcome:
    member = _member(options)
    people_operations.send_link(member=member, by=OPERATOR)
    return Outcome(_member_row(member))


def _left(options: Options) -> Outcome:
    member = _member(options)
    people_operations.leave(member=member, by=OPERATOR)
    return Outcome({"account": member.pk, "left": True})


def _people(options: Options) -> Outcome:
    del options
    return Outcome([_member_row(member) for member in people.working()])


def _member(options: Options) -> StaffMember:
    member = people.find(options["member"])
    if member is None:
        message = f"Nobody of the staff is {options['member']!r}: see staff people"
        raise Refused(message)
    return member


def _member_row(member: StaffMember) -> Row:
    roles = StaffRole.objects.filter(account=member.pk).order_by("role")
    return {
        "account": member.pk,
        "name": member.account.full_name,
        "work_email": member.work_email,
        "team": member.team,
        "roles": list(roles.values_list("role", flat=True)),
        "keys": of_account(member.account).count(),
    }


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
    except operations.NoKeyError as refused:
        message = "They have no key yet: a role would wait for whoever opens the mailed link"
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
    member = people.find(options["account"])
    account = member.account if member else find_resident(options["account"])
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


_ACCOUNT: Final = argument("account", help="email address at work or sign-in name, or id")
_MEMBER: Final = argument("member", help="email address at work, or id of the account")
_ROLE: Final = argument("role", choices=[*StaffRole.Role])

VERBS: Final = (
    Verb(
        "make",
        "Make somebody a staff account, and mail them the link for their first key.",
        _made,
        (
            argument("work_email", help="their own mailbox at work"),
            argument("--name", required=True, help="first and last name"),
            argument("--team", default="", help="where they work, as residents read it"),
        ),
    ),
    Verb("people", "List everybody with a staff account.", _people),
    Verb(
        "new-link",
        "Mail a new link for a first key; keys, sign-ins and roles end.",
        _sent,
        (_MEMBER,),
    ),
    Verb("leave", "End it all for somebody who works here no longer.", _left, (_MEMBER,)),
    Verb(
        "list",
        "List who of the staff has which role.",
        _listed,
        (argument("--role", choices=[*StaffRole.Role], help="only those with this role"),),
    ),
    Verb("grant", "Give somebody of the staff a role.", _granted, (_ACCOUNT, _ROLE)),
    Verb("revoke", "Take a role away, from now on.", _revoked, (_ACCOUNT, _ROLE)),
)
