"""The mail that a served provider sent, read from the folder of its outbox backend."""

import re
import time
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

# The worker may be starting, on a busy machine.
_SECONDS = 45


@dataclass
class Outbox:
    """Every message as a file; each is handed out once."""

    folder: Path
    _taken: set[Path] = field(default_factory=set)

    def wait_for_mail(self, to: str) -> EmailMessage:
        """Return the oldest message to this address that was not handed out before.

        Raises:
            AssertionError: none came in time.
        """
        deadline = time.monotonic() + _SECONDS
        while time.monotonic() < deadline:
            if message := self.take(to):
                return message
            time.sleep(0.05)
        message_ = f"No mail to {to} within {_SECONDS} seconds."
        raise AssertionError(message_)

    def take(self, to: str) -> EmailMessage | None:
        """Return the same without waiting, or nothing."""
        for path in sorted(self.folder.glob("*.eml")):
            if path in self._taken:
                continue
            message = message_from_bytes(path.read_bytes(), policy=policy.default)
            if to.casefold() in str(message["To"]).casefold():
                self._taken.add(path)
                return message
        return None


def link_in(message: EmailMessage) -> str:
    """Return the first address in the mail's plain text."""
    return _first(r"https?://\S+", message)


def code_in(message: EmailMessage) -> str:
    """Return the six digits to type on the page that waits for them."""
    return _first(r"(?m)^\s*\d{6}\s*$", message).strip()


def text_of(message: EmailMessage) -> str:
    """Return the mail's plain text."""
    body = message.get_body(("plain",))
    assert body is not None, "The mail has no plain text."
    return str(body.get_content())


def _first(pattern: str, message: EmailMessage) -> str:
    text = text_of(message)
    found = re.search(pattern, text)
    assert found, f"The mail holds nothing like {pattern}: {text}"
    return found[0]
