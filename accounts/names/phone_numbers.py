"""How a phone number is written for whoever reads it, the same on every page."""

from typing import Final

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat

HERE: Final = "GB"


def spoken(number: str) -> str:
    """Return the E.164 number as people here write it."""
    parsed = phonenumbers.parse(number)
    kind = PhoneNumberFormat.NATIONAL if is_here(parsed) else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, kind)


def is_here(number: PhoneNumber) -> bool:
    """Say whether the number belongs to this country."""
    return phonenumbers.region_code_for_country_code(number.country_code or 0) == HERE
