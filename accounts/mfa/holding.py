"""Keeping an account as it is for a while after somebody got back in, or staff helped."""

from django.conf import settings
from django.utils import timezone

from accounts.models import Account


def hold(account: Account) -> None:
    """Keep contacts and ways to sign in as they are; call it under the account's lock."""
    account.changes_held_until = timezone.now() + settings.RECOVERY_HOLD
    account.save(update_fields=["changes_held_until"])
