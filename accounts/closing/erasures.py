"""What came of asking services to erase what they have, as far as whoever knows services tells."""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from accounts.models import AccountClosing


@dataclass(frozen=True)
class Erasure:
    """A service that was, or is to be, asked; and in residents' words how far that is."""

    service: str
    home_url: str
    words: str | Promise


class ErasuresOf(Protocol):
    """What the setting ERASURES_OF_CLOSING names."""

    def __call__(self, closing: AccountClosing, *, private_too: bool) -> list[Erasure]:
        """Return the services that the account's owner chose, by name."""


def asked_of(closing: AccountClosing, *, private_too: bool) -> list[Erasure]:
    """Return which services the account's owner chose to have asked, and what came of it.

    `private_too`: those also that are kept out of sight, for whoever has just shown who they are.
    """
    find: ErasuresOf = import_string(settings.ERASURES_OF_CLOSING)
    return find(closing, private_too=private_too)
