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
from accounts.staffing import operations
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
        message = f"{address} has a staff account: see staff list"
        raise Refused(message) from refused
    return Outcome(_member_row(member))


def _sent(options: Options) -> Outcome:
    member = _found(options["member"])
    people_operations.send_link(member=member, by=OPERATOR)
    return Outcome(_member_row(member))


def _left(options: Options) -> Outcome:
    member = _found(options["member"])
    people_operations.leave(member=member, by=OPERATOR, may_return=options["may_return"])
    return Outcome({"account": member.pk, "left": True})


def _listed(options: Options) -> Outcome:
    role, rows = options["role"], people.working()
    if role is not None:
        rows = rows.filter(account__staff_roles__role=role)
    return Outcome([_member_row(member) for member in rows])


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


def _granted(options: Options) -> Outcome:
    member, role = _found(options["member"]), StaffRole.Role(options["role"])
    try:
        operations.grant(account=member.account, role=role, by=OPERATOR)
    except operations.NoKeyError as refused:
        message = "They have no key yet: a role would wait for whoever opens the mailed link"
        raise Refused(message) from refused
    return Outcome(_member_row(member))


def _revoked(options: Options) -> Outcome:
    member, role = _found(options["member"]), StaffRole.Role(options["role"])
    gave = StaffRole.objects.filter(account=member.pk, role=role).first()
    if not operations.revoke(account=member.account, role=role, by=OPERATOR):
        message = f"{options['member']!r} does not have this role: see staff list"
        raise Refused(message)
    is_back = gave is not None and gave.source == StaffRole.Source.DIRECTORY
    cautions = ("The directory gives this role again at their next visit: take it there",)
    return Outcome(_member_row(member), cautions if is_back else ())


def staff_account(reference: str) -> Account:
    """Return the account of whoever works for the council and has this mailbox or id.

    Raises:
        Refused: nobody does.
    """
    return _found(reference).account


def _found(reference: str) -> StaffMember:
    member = people.find(reference)
    if member is None:
        message = f"Nobody of the staff is {reference!r}: see staff list"
        raise Refused(message)
    return member


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
    Verb(
        "new-link",
        "Mail a new link for a first key; keys, sign-ins and roles end.",
        _sent,
        (_MEMBER,),
    ),
    Verb(
        "leave",
        "End it all for somebody who works here no longer.",
        _left,
        (
            _MEMBER,
            argument(
                "--may-return",
                action="store_true",
                help="the directory alone may let them, or whoever has their number, in anew",
            ),
        ),
    ),
    Verb(
        "list",
        "List everybody of the staff with their roles and how many keys they have.",
        _listed,
        (argument("--role", choices=[*StaffRole.Role], help="only those with this role"),),
    ),
    Verb("grant", "Give somebody of the staff a role.", _granted, (_MEMBER, _ROLE)),
    Verb("revoke", "Take a role away, from now on.", _revoked, (_MEMBER, _ROLE)),
)
