"""Noting that an account is one of the staff's own, and taking it back."""

from django.db import transaction

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account, ColleagueAccount, StaffMember


class NotAResidentError(Exception):
    """The account is one of staff, or a made-up person's."""


class SomebodyElsesError(Exception):
    """The account is noted as another colleague's."""


@transaction.atomic
def flag(*, account: Account, member: StaffMember, by: Actor) -> bool:
    """Note whose of the staff the account is; say whether that is new.

    Raises:
        NotAResidentError: nobody of the staff can own it.
        SomebodyElsesError: a colleague does; take it back first.
    """
    held = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    if held.is_staff or held.is_test:
        raise NotAResidentError
    row, is_new = ColleagueAccount.objects.get_or_create(
        account=held, defaults={"staff": member.account}
    )
    if row.staff_id != member.pk:
        raise SomebodyElsesError
    if is_new:
        record(Event.COLLEAGUE_FLAGGED, by=by, about=_about(row))
    return is_new


@transaction.atomic
def unflag(*, account: Account, by: Actor) -> bool:
    """Take back that the account is one of the staff's; say whether it was noted."""
    row = ColleagueAccount.objects.select_for_update(no_key=True).filter(account=account).first()
    if row is None:
        return False
    about = _about(row)
    row.delete()
    record(Event.COLLEAGUE_UNFLAGGED, by=by, about=about)
    return True


@transaction.atomic
def take_over(*, closed: Account, kept: Account, by: Actor) -> None:
    """Note of one account what was noted of another of the same owner."""
    rows = ColleagueAccount.objects.filter(account=closed)
    for row in rows:
        held, is_new = ColleagueAccount.objects.get_or_create(
            account=kept, defaults={"staff": row.staff}
        )
        if is_new:
            record(Event.COLLEAGUE_FLAGGED, by=by, about=_about(held))


def _about(row: ColleagueAccount) -> About:
    return About(
        account_id=row.account_id, object_kind="staff_account", object_id=str(row.staff_id)
    )
