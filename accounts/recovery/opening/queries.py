"""Whether a browser may choose new ways to sign in for an account."""

from uuid import UUID

from django.utils import timezone

from accounts.models import Account, RecoveryRequest
from accounts.recovery import queries, rules
from accounts.recovery.rules import Rung, Standing
from accounts.security.browser import BrowserId


def by_id(text: str) -> RecoveryRequest | None:
    """Return the recovery that an address names, with its account, or None."""
    try:
        key = UUID(text)
    except ValueError:
        return None
    return RecoveryRequest.objects.select_related("account").filter(pk=key).first()


def may_choose(request: RecoveryRequest, account: Account, browser: BrowserId) -> bool:
    """Say whether this browser has opened the recovery, lately, and nothing has stopped it."""
    if request.opened_at is None or not browser.owns(request.opened_by_hash):
        return False
    is_late = timezone.now() - request.opened_at >= rules.CHOOSING_LASTS
    is_open = queries.standing_of(request) is Standing.OPEN
    refused = rules.refusal_by_status(Rung(request.rung), queries.status_of(account))
    return is_open and not is_late and refused is None
