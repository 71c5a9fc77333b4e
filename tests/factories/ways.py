"""Ways to sign in besides the password."""

from datetime import datetime
from secrets import token_bytes
from typing import Any

import pyotp
from django.utils import timezone

from accounts.mfa import numbered_codes
from accounts.mfa.apps import rules as apps
from accounts.mfa.code_sheets import rules as sheets
from accounts.models import Account, AppSecret, Authenticator
from accounts.security import encryption

RECOVERY_CODES = ["CDFGHJKMNP", "QRTVWXY346"]


def way(account: Account, kind: str = "app", **columns: Any) -> Authenticator:
    """Return a way of this kind; what proves it is another row's business."""
    return Authenticator.objects.create(account=account, kind=kind, **columns)


def app(account: Account, **columns: Any) -> bytes:
    """Give the account an app, and return the secret that it shares with us."""
    secret = token_bytes(apps.SECRET_BYTES)
    row = way(account, "app", **columns)
    AppSecret.objects.create(authenticator=row, secret=encryption.encrypt(secret))
    return secret


def code_of(secret: bytes, at: datetime | None = None) -> str:
    """Return what an app with this secret shows."""
    return pyotp.TOTP(apps.as_text(secret)).at(at or timezone.now())


def sheet(account: Account, **columns: Any) -> list[str]:
    """Give the account a printed sheet, and return its codes, the first one's number being 1."""
    seed = token_bytes(sheets.SEED_BYTES)
    row = way(account, "code_sheet", **{"label": sheets.name(seed), **columns})
    numbered_codes.store(row, sheets.codes(seed))
    return sheets.codes(seed)


def recovery_codes(account: Account, **columns: Any) -> list[str]:
    """Give the account two recovery codes, and return them."""
    row = way(account, "recovery_codes", **columns)
    numbered_codes.store(row, RECOVERY_CODES)
    return RECOVERY_CODES
