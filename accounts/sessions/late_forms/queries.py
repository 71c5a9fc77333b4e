"""Finding a form that came too late."""

import json
from datetime import datetime

from cryptography.fernet import InvalidToken
from django.http import QueryDict
from django.utils import timezone

from accounts.models import Account, KeptForm
from accounts.security import encryption
from accounts.security.browser import BrowserId, is_token


def typed_into(page: str, *, kept: str, account: Account, browser: BrowserId) -> QueryDict:
    """Return what this account's owner typed into the page in this browser; empty for all else."""
    typed = QueryDict(mutable=True)
    row = _find(kept, account) if is_token(kept) else None
    if row is None or not browser.owns(row.browser_hash):
        return typed
    try:
        of_page, values = json.loads(encryption.decrypt(row.typed))
    except (InvalidToken, KeyError):  # under a key that is gone
        return typed
    if of_page == page:
        for name, given in values.items():
            typed.setlist(name, given)
    return typed


def typed_at(*, kept: str, account: Account) -> datetime | None:
    """Return when the form came that was kept."""
    row = _find(kept, account)
    return row.created_at if row is not None else None


def _find(kept: str, account: Account) -> KeptForm | None:
    rows = KeptForm.objects.filter(pk=kept, account=account, expires_at__gt=timezone.now())
    return rows.first()
