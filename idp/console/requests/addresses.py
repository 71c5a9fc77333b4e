"""Whether the main address of an account may be changed for its owner, and the change itself."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.models import Account, ColleagueAccount, EmailAddress, EmailChange, StaffMember
from accounts.models.email_address import address_key
from accounts.profile.emails.changes.operations import begin_by_staff
from idp.console.protection.queries import may_see_contacts
from idp.console.requests.rules import Refusal
from idp.models import HelpSession, StaffRequest


def refusal_to_any(account: Account, *, by: Account) -> Refusal | None:
    """Return why this member of staff may have the account's main address changed to none."""
    held_until = account.changes_held_until
    reasons = {
        Refusal.PROTECTED: not may_see_contacts(by, account),
        Refusal.NOT_ACTIVE: not account.is_active,
        Refusal.HELD: held_until is not None and timezone.now() < held_until,
    }
    return next((reason for reason, applies in reasons.items() if applies), None)


def refusal_to_change(account: Account, address: str, *, by: Account) -> Refusal | None:
    """Return why this member of staff may not have the account's main address changed to this one.

    Nothing is said of other residents' accounts: what is mailed to the new address says that.
    """
    refusal = refusal_to_any(account, by=by)
    if refusal is not None:
        return refusal
    key = address_key(address)
    if EmailAddress.objects.filter(account=account, address_key=key).exists():
        return Refusal.SAME_ADDRESS
    return Refusal.STAFF_ADDRESS if _is_of_staff(key) else None


def is_stale(row: StaffRequest) -> bool:
    """Say whether the account's addresses have changed since somebody asked for another one."""
    done = EmailChange.objects.filter(account=row.account_id, done_at__gte=row.asked_at)
    return done.exists()


def begin(row: StaffRequest, by: Actor) -> EmailChange:
    """Let the wait begin; longer where nobody has seen the person."""
    at_counter = row.known_by == HelpSession.Known.COUNTER
    wait: timedelta = settings.RECOVERY_COUNTER_WAIT if at_counter else settings.EMAIL_CHANGE_WAIT
    return begin_by_staff(account=row.account, address=row.new_address, wait=wait, by=by)


def _is_of_staff(key: str) -> bool:
    if StaffMember.objects.filter(work_email_key=key, left_at=None).exists():
        return True
    staff = Account.objects.filter(staff_since__isnull=False)
    theirs = Q(account__in=staff) | Q(account__in=ColleagueAccount.objects.values("account"))
    return EmailAddress.objects.filter(theirs, address_key=key).exists()
