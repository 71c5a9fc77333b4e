"""The post as a resident sees it: what was queued is sent, and read from memory."""

import re
from dataclasses import dataclass

from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.db.models.expressions import RawSQL

from accounts.models import OutboundMessage
from accounts.notices.jobs import send_message

# Which was written first in one transaction, as a test is.
_WRITTEN = {"postgresql": "cmin::text::bigint", "sqlite": "rowid"}


@dataclass(frozen=True)
class Letter:
    """One mail: what its reader can see and follow."""

    to: str
    subject: str
    text: str
    html: str

    @property
    def code(self) -> str:
        """The six digits to type."""
        return _first(r"^(\d{6})$", self.text)

    def path(self, start: str) -> str:
        """Return the path of the link that begins so, as this site's test client takes it."""
        return _first(rf"http://localhost:8000({re.escape(start)}\S*)", self.text)


def send() -> None:
    """Do what the worker does with every mail that is queued.

    Those of one moment, as where the clock stands still, in the order in which they were written.
    """
    written = RawSQL(_WRITTEN[connection.vendor], ())  # noqa: S611 - no value of anybody
    rows = OutboundMessage.objects.filter(state="queued").order_by("created_at", written)
    for message in list(rows):
        send_message.call(str(message.pk))


def letters() -> list[Letter]:
    """Send what is queued and return every mail of this test, the newest last."""
    send()
    return [_letter(message) for message in mail.outbox]


def newest() -> Letter:
    """Send what is queued and return the last mail."""
    return letters()[-1]


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.MULTILINE)
    assert found, f"The mail holds nothing like {pattern}: {text}"
    return found[1]


def _letter(message: object) -> Letter:
    assert isinstance(message, EmailMultiAlternatives)
    html = str(message.alternatives[0][0])
    return Letter(message.to[0], str(message.subject), str(message.body), html)
