"""Reads visits to the directory, and whom it vouches for."""

from datetime import datetime

from django.db.models import F, QuerySet
from django.utils import timezone

from accounts.models import DirectoryLink, DirectoryVisit, StaffMember
from accounts.models.email_address import address_key
from accounts.security.browser import BrowserId
from accounts.staffing.directory.rules import Facts, Person


def linked(issuer: str, subject: str) -> DirectoryLink | None:
    """Return whose staff account belongs to this person of the directory, if one does."""
    rows = DirectoryLink.objects.filter(issuer=issuer, subject=subject, ended_at=None)
    return rows.select_related("member__account").first()


def vouched_for() -> QuerySet[DirectoryLink]:
    """Return everybody whom the directory is asked about, who waited longest first.

    Those about whom it said nothing when it was asked last come behind all others.
    """
    rows = DirectoryLink.objects.filter(ended_at=None).exclude(refresh_token="")
    return rows.select_related("member__account").order_by(
        F("asked_at").asc(nulls_first=True), "heard_at", "pk"
    )


def facts_about(
    issuer: str, person: Person, *, has_role: bool, may_ask_again: bool
) -> tuple[DirectoryLink | None, Facts]:
    """Return what there is for whoever the directory named, and the link if there is one."""
    key = address_key(person.mailbox)
    before = DirectoryLink.objects.filter(issuer=issuer, subject=person.subject, is_barred=True)
    # Asked before the link: whoever makes the account in another tab right now commits both at
    # once, and the other way round this person's own mailbox would look like somebody else's.
    is_taken = StaffMember.objects.filter(work_email_key=key, left_at=None).exists()
    link = linked(issuer, person.subject)
    return link, Facts(
        is_known=link is not None,
        has_mailbox=link is not None and link.member.work_email_key == key,
        is_barred=before.exists(),
        is_taken=is_taken,
        has_role=has_role,
        may_ask_again=may_ask_again,
    )


def opened(browser: BrowserId) -> DirectoryVisit | None:
    """Return the visit by which this browser may add a first key now, if there is one."""
    return opened_in(browser, timezone.now()).order_by("-began_at").first()


def opened_in(browser: BrowserId, now: datetime) -> QuerySet[DirectoryVisit]:
    """Return the visits by which this browser may add a first key."""
    return (
        DirectoryVisit.objects.filter(
            browser_hash__in=browser.hashes,
            expires_at__gt=now,
            member__left_at=None,
            # The directory may have taken its word back since.
            member__directory_link__gone_at=None,
            member__account__authenticators=None,
        )
        .exclude(member=None)
        .select_related("member__account")
    )
