"""`manage.py staff own-account`, `own-accounts` and `drop-own-account`."""

from typing import Final
from uuid import UUID

from accounts.audit.actor import OPERATOR
from accounts.management.operator_command import Options, Outcome, Refused, Row, Verb, argument
from accounts.models import Account, ColleagueAccount, StaffMember
from accounts.profile import queries as profiles
from accounts.staffing.own_accounts import operations
from accounts.staffing.people import queries as people


def _noted(options: Options) -> Outcome:
    member, account = people.find(options["member"]), _resident(options["account"])
    if member is None:
        message = f"Nobody of the staff is {options['member']!r}: see staff list"
        raise Refused(message)
    try:
        operations.flag(account=account, member=member, by=OPERATOR)
    except operations.NotAResidentError as refused:
        message = "Only a resident's account can be somebody's own"
        raise Refused(message) from refused
    except operations.SomebodyElsesError as refused:
        message = "It is noted as a colleague's: staff drop-own-account first"
        raise Refused(message) from refused
    return Outcome({"account": account.pk, "staff": member.pk})


def _dropped(options: Options) -> Outcome:
    account = _resident(options["account"])
    if not operations.unflag(account=account, by=OPERATOR):
        message = f"{options['account']!r} is nobody's of the staff: see staff own-accounts"
        raise Refused(message)
    return Outcome({"account": account.pk, "dropped": True})


def _listed(_options: Options) -> Outcome:
    rows = ColleagueAccount.objects.order_by("flagged_at", "pk")
    members = StaffMember.objects.in_bulk(rows.values_list("staff", flat=True))
    return Outcome([_row(row, members) for row in rows])


def _row(row: ColleagueAccount, members: dict[UUID, StaffMember]) -> Row:
    return {
        "account": row.account_id,
        "staff": row.staff_id,
        "work_email": members[row.staff_id].work_email,
        "flagged_at": row.flagged_at,
    }


def _resident(reference: str) -> Account:
    found = profiles.find(reference)
    if found is None:
        message = f"There is no account {reference!r}"
        raise Refused(message)
    return found


_ACCOUNT: Final = argument("account", help="sign-in name or id of the resident's account")

VERBS: Final = (
    Verb(
        "own-account",
        "Note that a resident's account is one of the staff's own: no colleague opens it idly.",
        _noted,
        (argument("member", help="email address at work, or id of the account"), _ACCOUNT),
    ),
    Verb("own-accounts", "List the residents' accounts that are the staff's own.", _listed, ()),
    Verb("drop-own-account", "Take it back.", _dropped, (_ACCOUNT,)),
)
