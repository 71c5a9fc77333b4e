"""The way out of the house that the settings name."""

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class NotSentError(Exception):
    """The message could not be handed over; its text holds nothing of the message."""


class Outgoing(Protocol):
    """Something that sends text messages."""

    def send(self, number: str, text: str, *, reference: str) -> None:
        """Send one message to a number (E.164).

        Raises:
            NotSentError: it could not, and may be asked again.
        """


def is_on() -> bool:
    """Say whether text messages are sent here at all."""
    return bool(settings.TEXTS_ADAPTER)


def outgoing() -> Outgoing:
    """Return it."""
    way: Outgoing = import_string(settings.TEXTS_ADAPTER)()
    return way
