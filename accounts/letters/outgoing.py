"""The way out of the house that the settings name."""

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class NotSentError(Exception):
    """The letter could not be handed over; its text holds nothing of the letter."""


class Outgoing(Protocol):
    """Something that takes print-ready letters."""

    def hand_over(self, paper: bytes, *, reference: str) -> None:
        """Take one letter, a PDF; twice under one reference is one letter.

        Raises:
            NotSentError: it could not, and may be asked again.
        """


def is_on() -> bool:
    """Say whether letters are sent here at all."""
    return bool(settings.LETTERS_ADAPTER)


def outgoing() -> Outgoing:
    """Return it."""
    way: Outgoing = import_string(settings.LETTERS_ADAPTER)()
    return way
