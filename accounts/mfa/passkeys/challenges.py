"""What a key is asked to sign: once, within minutes, in one browser, for one purpose."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import Account, Challenge
from accounts.security import keyed_hash
from accounts.security.browser import BrowserId, is_token
from accounts.security.tokens import random_token

LIFETIME = timedelta(minutes=5)
_HASH_PURPOSE = "passkey-challenge"


def issue(
    *,
    purpose: Challenge.Purpose,
    browser: BrowserId,
    account: Account | None = None,
    user_handle: str = "",
) -> str:
    """Keep a new challenge and return it in base64url; `user_handle` for an account to be made."""
    challenge = random_token()
    now = timezone.now()
    Challenge.objects.create(
        challenge_hash=keyed_hash.digest(_HASH_PURPOSE, challenge),
        purpose=purpose,
        browser_hash=browser.hash,
        account=account,
        user_handle=user_handle,
        created_at=now,
        expires_at=now + LIFETIME,
    )
    return challenge


def take(
    *, challenge: str, purpose: Challenge.Purpose, browser: BrowserId, account: Account | None
) -> Challenge | None:
    """Use the challenge up; return it if it was asked here, for this, of this account, just now."""
    if not is_token(challenge):
        return None
    hashes = keyed_hash.candidates(_HASH_PURPOSE, challenge)
    row = Challenge.objects.filter(pk__in=hashes).first()
    # Of two answers at once, one alone finds something to delete.
    if row is None or not Challenge.objects.filter(pk=row.pk).delete()[0]:
        return None
    fits = (
        row.purpose == purpose
        and browser.owns(row.browser_hash)
        and row.account_id == (account.pk if account else None)
        and timezone.now() < row.expires_at
    )
    return row if fits else None
