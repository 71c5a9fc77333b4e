"""Reads what the directory last said of somebody."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from accounts.models import Account, DirectoryLink
from accounts.staffing.standing import rules
from accounts.staffing.standing.rules import Standing


def of_account(account: Account) -> Standing:
    """Return whether its owner may sign in now; whom operators made by hand always may."""
    link = DirectoryLink.objects.filter(member=account.pk, ended_at=None).first()
    return Standing.FINE if link is None else of_link(link, now=timezone.now())


def of_link(link: DirectoryLink, *, now: datetime) -> Standing:
    """Return the same of somebody whom the directory vouched for."""
    return rules.standing(
        heard_at=link.heard_at, gone_at=link.gone_at, now=now, grace=settings.DIRECTORY_GRACE
    )
