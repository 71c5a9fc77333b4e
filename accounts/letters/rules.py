"""Which address may be written to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Unfit(StrEnum):
    """Why no letter may go to an address."""

    NONE = "no_address"
    UNCHECKED = "address_unchecked"
    CHANGED = "address_changed_lately"
    UNSAFE = "address_unsafe"
    OFF = "letters_off"


@dataclass(frozen=True)
class Address:
    """What decides it; times aware."""

    has_lines: bool
    checked_at: datetime | None
    changed_at: datetime
    is_unsafe: bool


def unfit(address: Address | None, *, now: datetime, least_age: timedelta) -> Unfit | None:
    """Return why no letter may go there, or None if one may.

    A thief who is signed in could otherwise move the account's letterbox first.
    """
    if address is None or not address.has_lines:
        return Unfit.NONE
    if address.is_unsafe:
        return Unfit.UNSAFE
    if address.checked_at is None or address.checked_at < address.changed_at:
        return Unfit.UNCHECKED
    return Unfit.CHANGED if now - address.changed_at < least_age else None
