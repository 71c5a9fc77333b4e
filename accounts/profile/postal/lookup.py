"""Finding addresses by postcode, by a class that the council chooses.

`settings.ADDRESS_LOOKUP` names it. It is made without arguments and has one method, `find`. What it
needs to know, such as a key, it reads from the environment by itself.
"""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.profile.postal import rules

logger = logging.getLogger(__name__)
# A page that must go on does not wait for a look-up that hangs; so many may hang at once.
_MOST_AT_ONCE = 8
_MOST_ADDRESSES = 100
UPRN_LENGTH = 12
LINES_LENGTH = 500


@dataclass(frozen=True)
class FoundAddress:
    """One address of a postcode. `uprn`: its unique property reference number, up to 12 digits."""

    uprn: str
    lines: tuple[str, ...]

    @property
    def in_one_line(self) -> str:
        """The address as a list of addresses shows it."""
        return ", ".join(self.lines)


class AddressLookup(Protocol):
    """What a look-up must do."""

    def find(self, postcode: str) -> Sequence[FoundAddress]:
        """Return the addresses with this postcode, such as "EX1 1AA"; any error may be raised."""


class LookupFailedError(Exception):
    """No look-up could be done: the address has to be typed."""


def is_configured() -> bool:
    """Say whether addresses can be looked up at all."""
    return bool(settings.ADDRESS_LOOKUP)


def find(postcode: str) -> list[FoundAddress]:
    """Return the addresses with this postcode.

    Raises:
        LookupFailedError: it failed, took too long, or answered with nonsense; see the log.
    """
    try:
        answer = _pool().submit(_ask, settings.ADDRESS_LOOKUP, postcode)
        found = answer.result(timeout=settings.ADDRESS_LOOKUP_TIMEOUT.total_seconds())
    except Exception as error:
        # Whatever a council's own code raises. Its class alone: the text may hold the address.
        logger.warning("address look-up failed: %s", type(error).__name__)
        raise LookupFailedError from error
    return found


def _ask(path: str, postcode: str) -> list[FoundAddress]:
    answer = _made(path).find(postcode)
    return [address for address in list(answer)[:_MOST_ADDRESSES] if _is_sound(address)]


def _is_sound(address: FoundAddress) -> bool:
    is_number = address.uprn.isascii() and address.uprn.isdecimal()
    text = rules.lines(address.lines)
    fits = len(address.uprn) <= UPRN_LENGTH and 0 < len(text) <= LINES_LENGTH
    return is_number and fits and all(line.isprintable() for line in address.lines)


@cache
def _made(path: str) -> AddressLookup:
    made: AddressLookup = import_string(path)()
    return made


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_MOST_AT_ONCE, thread_name_prefix="address-lookup")
