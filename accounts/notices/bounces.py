"""Reads what a mail server says of a mail that it could not deliver (RFC 3464)."""

import re
from email import message_from_bytes, policy
from email.message import Message
from typing import Final
from uuid import UUID

_FAILED: Final = "failed"
# As `render` writes it: the mail's row, and which try it was.
_MESSAGE_ID: Final = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.[0-9]{1,3}@")
# What comes back is a report and the head of a mail of ours; more is not read.
LARGEST: Final = 256 * 1024


def failed_mail(report: bytes) -> UUID | None:
    """Return which of our mails the report says was not delivered for good, or None."""
    parts = list(message_from_bytes(report[:LARGEST], policy=policy.compat32).walk())
    if not any(_says_failed(part) for part in parts):
        return None
    return next((found for part in parts if (found := _mail_in(part))), None)


def _says_failed(part: Message) -> bool:
    # §2.3.3: "delayed" means that the server tries again.
    return str(part.get("Action", "")).strip().casefold() == _FAILED


def _mail_in(part: Message) -> UUID | None:
    # The mail itself, or its head alone as text (RFC 6522 §4).
    heads = [str(part.get("Message-ID", ""))]
    if part.get_content_type() == "text/rfc822-headers":
        heads.append(str(part.get_payload()))
    found = next((match for head in heads if (match := _MESSAGE_ID.search(head))), None)
    return UUID(found[1]) if found else None
