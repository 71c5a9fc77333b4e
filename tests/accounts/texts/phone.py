"""Text messages as a test reads them: kept in memory."""

import re

from accounts.models import TextCode
from accounts.texts.jobs import send_text
from accounts.texts.outgoing import NotSentError

received: list[tuple[str, str]] = []
broken: list[bool] = []


class PhoneInHand:
    """Keeps every message in `received`, or takes none while `broken` holds anything."""

    def send(self, number: str, text: str, *, reference: str) -> None:
        del reference
        if broken:
            message = "NoSignal"
            raise NotSentError(message)
        received.append((number, text))


def newest_code() -> str:
    """Do what the worker does, and return the code of the last message."""
    for row in TextCode.objects.filter(state="queued").order_by("created_at"):
        send_text.call(str(row.pk))
    found = re.search(r"\b[0-9]{6}$", received[-1][1])
    assert found
    return found[0]
