"""Finding what was chosen in the guide so far."""

from django.utils import timezone

from accounts.models import Account, Leaving
from accounts.security.browser import BrowserId


def open_one(account: Account, browser: BrowserId) -> Leaving | None:
    """Return the account's guide in this browser, while it can go on."""
    rows = Leaving.objects.filter(account=account, done_at=None, expires_at__gt=timezone.now())
    return next((row for row in rows if browser.owns(row.browser_hash)), None)


def lock(leaving: Leaving) -> Leaving:
    """Return it as it is now, its row held until the transaction ends."""
    rows = Leaving.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("message").get(pk=leaving.pk)
