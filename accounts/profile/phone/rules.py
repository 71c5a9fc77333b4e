"""Which phone numbers there are, and how long one counts as its owner's."""

import re
from datetime import datetime
from enum import StrEnum

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from accounts.names.phone_numbers import HERE, is_here
from accounts.texts.rules import counts

# The library also reads letters on keys and digits of other scripts.
_TYPED = re.compile(r"[0-9+()./ \-]{3,40}")
_REACHES_NOBODY = frozenset(
    {
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.UAN,
        PhoneNumberType.VOICEMAIL,
    }
)
_MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})


class Standing(StrEnum):
    """How far a number can be relied on."""

    SELF_STATED = "self_stated"
    CONFIRMED = "confirmed"
    ASK_AGAIN = "ask_again"


def e164(typed: str) -> str | None:
    """Return the number as ITU-T E.164 writes it, such as +447700900123, or None if it is none."""
    if not _TYPED.fullmatch(typed):
        return None
    try:
        number = phonenumbers.parse(typed, HERE)
    except NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number) and not _is_made_up(number):
        return None
    if phonenumbers.number_type(number) in _REACHES_NOBODY or number.extension:
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def takes_texts(number: str) -> bool:
    """Say whether a text message can reach this E.164 number, in this country."""
    parsed = phonenumbers.parse(number)
    is_mobile = phonenumbers.number_type(parsed) in _MOBILE or _is_made_up(parsed)
    # Abroad a text can cost a hundred times as much, which thieves share with the operators.
    return is_mobile and is_here(parsed)


def standing(
    *, confirmed_at: datetime | None, stated_at: datetime, used_at: datetime | None, now: datetime
) -> Standing:
    """Return how far a number can be relied on; after a year unused its owner is asked again."""
    last = max(moment for moment in (confirmed_at, stated_at, used_at) if moment is not None)
    if not counts(last, now=now):
        return Standing.ASK_AGAIN
    return Standing.SELF_STATED if confirmed_at is None else Standing.CONFIRMED


def _is_made_up(number: phonenumbers.PhoneNumber) -> bool:
    """Say whether Ofcom keeps the mobile number for drama, and so for demonstrations."""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164).startswith("+447700900")
