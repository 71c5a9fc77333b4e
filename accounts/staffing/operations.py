"""Writes roles of staff."""

from django.db import transaction

from accounts.audit.actor import Actor, staff
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account, StaffRole
from accounts.staff import Permission


class NotStaffError(Exception):
    """The account is a resident's, a made-up person's, or of somebody who has left."""


class NoKeyError(Exception):
    """The staff account has no key yet: a role would wait for whoever gets at the mailed link."""


@transaction.atomic
def grant(
    *,
    account: Account,
    role: StaffRole.Role,
    by: Actor,
    source: StaffRole.Source = StaffRole.Source.HAND,
) -> bool:
    """Give the account's owner a role, and return whether they did not have it.

    What somebody gives by hand stays when the directory gives it no more, also where it gave it
    first.

    Raises:
        NotStaffError: it is no staff account, or ended.
        NoKeyError: nobody has signed in to it yet.
    """
    locked = _locked(account)
    if not locked.is_staff or not locked.is_active:
        raise NotStaffError
    if not locked.authenticators.exists():
        raise NoKeyError
    row, is_new = StaffRole.objects.get_or_create(
        account=locked, role=role, defaults={"source": source}
    )
    is_kept = source == StaffRole.Source.HAND and row.source != source
    if is_kept:
        row.source = source
        row.save(update_fields=["source"])
    if is_new or is_kept:
        record(Event.STAFF_ROLE_GRANTED, by=by, about=_about(locked, role))
    return is_new


@transaction.atomic
def revoke(*, account: Account, role: StaffRole.Role, by: Actor) -> bool:
    """Take a role from the account's owner, and return whether they had it."""
    locked = _locked(account)
    deleted, _rows = StaffRole.objects.filter(account=locked, role=role).delete()
    if deleted:
        record(Event.STAFF_ROLE_REVOKED, by=by, about=_about(locked, role))
    return bool(deleted)


@transaction.atomic
def revoke_all(*, account: Account, by: Actor) -> None:
    """Take every role from the account's owner."""
    for row in StaffRole.objects.filter(account=account).order_by("role"):
        revoke(account=account, role=StaffRole.Role(row.role), by=by)


@transaction.atomic
def refuse(*, account: Account, permission: Permission) -> None:
    """Record that somebody of the staff tried a page without its permission."""
    about = About(account_id=account.pk, reason=permission)
    record(Event.STAFF_ACCESS_REFUSED, by=staff(account), about=about)


def _locked(account: Account) -> Account:
    return Account.objects.select_for_update(no_key=True).get(pk=account.pk)


def _about(account: Account, role: StaffRole.Role) -> About:
    return About(account_id=account.pk, reason=StaffRole.Role(role).value)
