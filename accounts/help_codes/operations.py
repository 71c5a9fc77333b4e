"""Making help codes and writing their trails."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import HelpCode, OutboundMessage
from accounts.security.browser import BrowserId
from accounts.security.tokens import readable_code

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
        row.code = readable_code()
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
