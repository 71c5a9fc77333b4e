"""The files of the outbox, in OUTBOX_DIR, which this user alone may read: links in them work."""

import os
import re
import time
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

from accounts.security.tokens import random_token

_MOST_SHOWN = 100
_LINK = re.compile(r"https?://[^\s<>\"]+")
_CODE = re.compile(r"^\s*([0-9]{6})\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Mail:
    """One mail or text message as scripts and people need it; `code` is empty if it holds none."""

    to: str
    subject: str
    at: str
    text: str
    links: list[str]
    code: str


def keep(content: bytes) -> None:
    """Write one message, named so that all sort by time."""
    folder = Path(settings.OUTBOX_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{time.time_ns():020d}-{random_token()[:8]}"
    # Renamed when whole: whoever watches the folder never reads half a message.
    unfinished = folder / f"{name}.part"
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    unfinished.rename(folder / f"{name}.eml")


def newest() -> list[Mail]:
    """Return the mails, the newest first."""
    files = sorted(Path(settings.OUTBOX_DIR).glob("*.eml"), reverse=True)
    return [_read(path) for path in files[:_MOST_SHOWN]]


def _read(path: Path) -> Mail:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    text = _text(message)
    code = _CODE.search(text)
    return Mail(
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        at=str(message["Date"] or ""),
        text=text,
        links=_LINK.findall(text),
        code=code[1] if code else "",
    )


def _text(message: EmailMessage) -> str:
    # The HTML part is not shown at all: the page's content policy is not loosened for it.
    part = message.get_body(("plain",))
    return str(part.get_content()).strip() if part is not None else ""
