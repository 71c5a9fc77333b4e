"""Reading the files of the outbox back."""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

_MOST_SHOWN = 100
_LINK = re.compile(r"https?://[^\s<>\"]+")
_CODE = re.compile(r"^\s*([0-9]{6})\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Mail:
    """One mail as scripts and people need it; `code` is empty if it holds none."""

    to: str
    subject: str
    at: str
    text: str
    links: list[str]
    code: str


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
