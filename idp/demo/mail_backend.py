"""A mail backend that writes each mail to a file."""

import os
import time
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from accounts.security.tokens import random_token


class OutboxBackend(BaseEmailBackend):
    """Writes to OUTBOX_DIR, readable by this user alone: the mails hold working links."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the mails, named so that they sort by time, and return how many there were."""
        folder = Path(settings.OUTBOX_DIR)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            _write(folder, message.message().as_bytes())
        return len(email_messages)


def _write(folder: Path, content: bytes) -> None:
    name = f"{time.time_ns():020d}-{random_token()[:8]}"
    # Renamed when whole: whoever watches the folder never reads half a mail.
    unfinished = folder / f"{name}.part"
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    unfinished.rename(folder / f"{name}.eml")
