"""Finds what a caller's help code, email address or reference leads to."""

import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import (
    Account,
    ColleagueAccount,
    Complaint,
    HelpCode,
    OutboundMessage,
    StaffMember,
)
from accounts.models.account import sign_in_key
from accounts.models.email_address import address_key
from accounts.security.tokens import READABLE
from idp.console.helping.rules import Whose
from idp.models import HelpSession

_CODE: Final = re.compile(rf"[{READABLE}]{{8}}")
_BETWEEN: Final = re.compile(r"[\s-]")


@dataclass(frozen=True)
class Found:
    """What was typed, and what it leads to; `account` only where it can be no other.

    `is_unknown`: of an address that nothing is known of: no account has it, and no mail went there.
    """

    given: HelpSession.Given
    help_code: HelpCode | None = None
    address_key: str = ""
    account: Account | None = None
    is_unknown: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether a code or name leads nowhere; an address may be on its way to an account."""
        return not (self.help_code or self.address_key or self.account)

    @property
    def is_miss(self) -> bool:
        """Whether it counts as a guess: whoever makes many tries who has an account here."""
        return self.is_nothing or self.is_unknown


def find(typed: str) -> Found:
    """Return what the whole of a help code, email address, complaint's code or sign-in name is."""
    if "@" in typed:
        return _by_address(typed)
    code = _plain(typed)
    if found := _codes(code).select_related("message__account").first():
        return _by_code(found)
    return Found(HelpSession.Given.REFERENCE, account=_by_reference(code, typed))


def is_help_code(typed: str) -> bool:
    """Say whether it is a help code that works now."""
    return _codes(_plain(typed)).exists()


def accounts_of(mailbox_key: str) -> QuerySet[Account]:
    """Return the residents' accounts that have this mailbox or are called like it."""
    has_it = Q(sign_in_key=mailbox_key) | Q(email_addresses__address_key=mailbox_key)
    return residents().filter(has_it).distinct().order_by("pk")


def residents() -> QuerySet[Account]:
    """Return the accounts that staff help with: neither theirs nor made-up people's."""
    return Account.objects.filter(staff_since=None, is_test=False)


def whose(account: Account, *, staff: Account) -> Whose:
    """Return whose account it is, seen from somebody of the staff."""
    owners = _owners_among_staff(account)
    if not owners:
        return Whose.RESIDENT
    return Whose.THEIR_OWN if staff.pk in owners else Whose.COLLEAGUE


def _plain(typed: str) -> str:
    return _BETWEEN.sub("", typed).upper()


def _codes(code: str) -> QuerySet[HelpCode]:
    if not _CODE.fullmatch(code):
        return HelpCode.objects.none()
    return HelpCode.objects.filter(code=code, expires_at__gt=timezone.now())


def _by_code(code: HelpCode) -> Found:
    owner = code.message.account if code.message else None
    if owner is not None and not residents().filter(pk=owner.pk).exists():
        # A mail to the staff, or to made-up people, is nothing that a resident rings about.
        return Found(HelpSession.Given.HELP_CODE)
    return Found(HelpSession.Given.HELP_CODE, help_code=code, account=owner)


def _by_address(typed: str) -> Found:
    key = address_key(typed)
    # One more than one: two share the mailbox, and the address alone names neither.
    rows = list(accounts_of(key)[:2])
    return Found(
        HelpSession.Given.ADDRESS,
        address_key=key,
        account=rows[0] if len(rows) == 1 else None,
        is_unknown=not rows and not OutboundMessage.objects.filter(address_key=key).exists(),
    )


def _by_reference(code: str, typed: str) -> Account | None:
    complaint = Complaint.objects.filter(code=code)
    if complaint.exists():
        return residents().filter(pk__in=complaint.values("account")).first()
    return residents().filter(sign_in_key=sign_in_key(typed)).first()


def _owners_among_staff(account: Account) -> set[UUID]:
    """Return whose of the staff it is: flagged as theirs, or with their mailbox at work.

    All of them: one's flag must not make it a mere colleague's to another.
    """
    flagged = ColleagueAccount.objects.filter(account=account).values_list("staff", flat=True)
    keys = account.email_addresses.values("address_key")
    by_mailbox = StaffMember.objects.filter(left_at=None, work_email_key__in=keys)
    return {*flagged, *by_mailbox.values_list("pk", flat=True)}
