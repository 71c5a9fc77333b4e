"""Making help codes and writing their trails."""

import secrets
from collections.abc import Callable, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import HelpCode, OutboundMessage
from accounts.security.browser import BrowserId

if TYPE_CHECKING:
    from accounts.help_codes.trail import Trail

# No vowels, so no words; no pairs that are misread or misheard: 0 and O, 1 and I, 5 and S, B and 8.
ALPHABET = "CDFGHJKMNPQRTVWXY34679"
_LENGTH = 8
_KEPT_STEPS = 20
# Each page shown makes its code last another half hour. After this long a new one begins, so that
# a library computer's trail does not grow for ever.
_LONGEST = timedelta(hours=2)


def for_browser(browser: BrowserId) -> HelpCode:
    """Return this browser's code, a new one if it has none that is valid."""
    now = timezone.now()
    rows = HelpCode.objects.filter(
        browser_hash__in=browser.hashes, expires_at__gt=now, created_at__gt=now - _LONGEST
    )
    return rows.order_by("-pk").first() or _create(
        lambda: HelpCode(
            browser_hash=browser.hash, expires_at=now + settings.PAGE_HELP_CODE_LIFETIME
        )
    )


def for_message(message: OutboundMessage) -> HelpCode:
    """Return the mail's code, the same at every call."""
    expires_at = timezone.now() + settings.MAIL_HELP_CODE_LIFETIME
    existing = HelpCode.objects.filter(message=message).first()
    return existing or _create(lambda: HelpCode(message=message, expires_at=expires_at))


def note_step(request: HttpRequest, reason: StrEnum) -> None:
    """Add a named reason to the trail that staff see under this page's help code.

    The reason must be the same for addresses with and without an account.
    """
    trail: Trail | None = getattr(request, "trail", None)
    if trail is not None:
        trail.note(reason)


def add_steps(row: HelpCode, *, page: str, reasons: Sequence[str]) -> None:
    """Write steps that happened now; the code is valid for its whole time from here."""
    now = timezone.now()
    at = now.isoformat(timespec="seconds")
    # Two tabs at once may lose one another's step: a trail is a help, not a record.
    row.steps = [
        *row.steps,
        *({"at": at, "page": page, "reason": reason} for reason in reasons),
    ][-_KEPT_STEPS:]
    row.expires_at = now + settings.PAGE_HELP_CODE_LIFETIME
    row.save(update_fields=["steps", "expires_at"])


def _create(make: Callable[[], HelpCode]) -> HelpCode:
    while True:
        row = make()
        row.code = "".join(secrets.choice(ALPHABET) for _place in range(_LENGTH))
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            # Somebody has this code (one in billions), or the mail got one meanwhile.
            existing = HelpCode.objects.filter(message=row.message).first() if row.message else None
            if existing is not None:
                return existing
        else:
            return row
