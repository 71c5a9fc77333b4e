"""Keeping a form that came too late, and forgetting it."""

import json
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from accounts.models import Account, KeptForm
from accounts.security import encryption
from accounts.security.browser import BrowserId
from accounts.sessions.late_forms import rules


@transaction.atomic
def keep(
    *, account: Account, browser: BrowserId, page: str, typed: Mapping[str, list[str]]
) -> str | None:
    """Keep what was typed and return its id, or None for more than any form of ours holds.

    Not a fact for the audit log: nothing of the account changes.
    """
    plain = json.dumps([page, dict(typed)])
    if len(plain) > rules.LONGEST:
        return None
    row = KeptForm.objects.create(
        account=account,
        browser_hash=browser.hash,
        typed=encryption.encrypt(plain.encode()),
        expires_at=timezone.now() + rules.KEPT_FOR,
    )
    rows = KeptForm.objects.filter(account=account)
    newest = rows.order_by("-created_at").values_list("pk", flat=True)[: rules.AT_MOST]
    rows.exclude(pk__in=list(newest)).delete()
    return row.pk


def forget(*, account: Account, kept: str) -> None:
    """Delete one that its owner has sent once more."""
    KeptForm.objects.filter(pk=kept, account=account).delete()
