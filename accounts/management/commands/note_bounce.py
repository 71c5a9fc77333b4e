"""Take a mail server's report of a mail that came back; let the server pipe reports here."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from accounts.notices.bounces import LARGEST, failed_mail
from accounts.notices.operations import note_bounced


class Command(BaseCommand):
    """Reads one report (RFC 3464) from its input."""

    help = (
        "Note that a mail of ours came back, from a mail server's report on the standard input. "
        "Whoever was sent it counts as not told."
    )

    def handle(self, *args: str, **options: Any) -> None:
        """Note it; any other mail to that mailbox is nothing to complain of."""
        message_id = failed_mail(sys.stdin.buffer.read(LARGEST))
        is_ours = message_id is not None and note_bounced(message_id=message_id)
        self.stdout.write("Noted" if is_ours else "Not a report of a mail that we sent")
