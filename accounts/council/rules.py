"""What the council's values may be, and how two people's changes meet. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias
from urllib.parse import urlsplit

import phonenumbers

from accounts.council import colours
from accounts.names.phone_numbers import HERE
from accounts.names.rules import is_plain_line


class Detail(StrEnum):
    """One thing that residents see of the council, in the order of the owner's page."""

    NAME = "name"
    SERVICE = "service"
    COLOUR = "colour"
    LINK_COLOUR = "link_colour"
    PHONE = "phone"
    HOURS = "hours"
    EMAIL = "email"
    ADDRESS = "address"
    COUNTERS = "counters"
    WEBSITE = "website"
    ACCESSIBILITY_CONTACT = "accessibility_contact"
    DATA_PROTECTION_CONTACT = "data_protection_contact"
    PRIVACY_NOTICE = "privacy_notice"


class Problem(StrEnum):
    """Why a value cannot be published."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    TOO_MANY_LINES = "too_many_lines"
    NOT_PLAIN = "not_plain"
    NOT_A_PHONE = "not_a_phone"
    COSTS_EXTRA = "costs_extra"
    NOT_AN_EMAIL = "not_an_email"
    NOT_A_WEBSITE = "not_a_website"
    NOT_A_COLOUR = "not_a_colour"
    TOO_PALE = "too_pale"


class DetailRefusedError(Exception):
    """A value cannot be published, and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


Values: TypeAlias = Mapping[Detail, str]

OPTIONAL: Final = frozenset({Detail.COUNTERS, Detail.PRIVACY_NOTICE})
LONGEST: Final[Mapping[Detail, int]] = {
    Detail.NAME: 80,
    Detail.SERVICE: 40,
    Detail.COLOUR: 7,
    Detail.LINK_COLOUR: 7,
    Detail.PHONE: 30,
    Detail.HOURS: 120,
    Detail.EMAIL: 254,
    Detail.ADDRESS: 200,
    Detail.COUNTERS: 1000,
    Detail.WEBSITE: 200,
    Detail.ACCESSIBILITY_CONTACT: 254,
    Detail.DATA_PROTECTION_CONTACT: 254,
    Detail.PRIVACY_NOTICE: 200,
}
MOST_LINES: Final = 10
_EMAILS: Final = {Detail.EMAIL, Detail.ACCESSIBILITY_CONTACT, Detail.DATA_PROTECTION_CONTACT}
_WEBSITES: Final = {Detail.WEBSITE, Detail.PRIVACY_NOTICE}
_COLOURS: Final = {Detail.COLOUR, Detail.LINK_COLOUR}
# They become links: no sign that ends one, and no letter that looks like another.
_EMAIL: Final = re.compile(r"[A-Za-z0-9._+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
_HOST: Final = re.compile(r"(?:[a-z0-9-]+\.)+[a-z0-9-]{2,}")
_OF_ADDRESSES: Final = re.compile(r"[!#$%&'()*+,./0-9:;=?@A-Z_a-z~-]+")


def read(detail: Detail, typed: str) -> str:
    """Return what somebody typed as it is kept: a phone number as E.164, a colour as `#4b1d6b`.

    Raises:
        DetailRefusedError: it cannot be published.
    """
    lines = [" ".join(line.split(" ")).strip() for line in re.split(r"\r\n?|\n", typed.strip())]
    text = "\n".join(line for line in lines if line)
    if not text and detail in OPTIONAL:
        return ""
    if not text:
        raise DetailRefusedError(Problem.MISSING)
    if len(text) > LONGEST[detail]:
        raise DetailRefusedError(Problem.TOO_LONG)
    if text.count("\n") >= (MOST_LINES if detail is Detail.COUNTERS else 1):
        raise DetailRefusedError(Problem.TOO_MANY_LINES)
    return _of_kind(detail, text)


def _of_kind(detail: Detail, text: str) -> str:
    if detail is Detail.PHONE:
        return _phone(text)
    if detail in _COLOURS:
        return _colour(text)
    if detail in _EMAILS and not _EMAIL.fullmatch(text):
        raise DetailRefusedError(Problem.NOT_AN_EMAIL)
    if detail in _WEBSITES and not _is_website(text):
        raise DetailRefusedError(Problem.NOT_A_WEBSITE)
    if not all(is_plain_line(line) for line in text.split("\n")):
        raise DetailRefusedError(Problem.NOT_PLAIN)
    return text


def _phone(text: str) -> str:
    try:
        number = phonenumbers.parse(text, HERE)
    except phonenumbers.NumberParseException:
        raise DetailRefusedError(Problem.NOT_A_PHONE) from None
    if not phonenumbers.is_valid_number(number) or number.extension:
        raise DetailRefusedError(Problem.NOT_A_PHONE)
    # Whoever got hold of an owner's session would earn by every resident who needs help.
    if phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.PREMIUM_RATE:
        raise DetailRefusedError(Problem.COSTS_EXTRA)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _colour(text: str) -> str:
    found = "#" + text.removeprefix("#").lower()
    if not colours.is_colour(found):
        raise DetailRefusedError(Problem.NOT_A_COLOUR)
    # Alone for now: with its own tint, and on white, as the bar on top and the button of a mail.
    if colours.contrast_on_pages(found, brand=found) < colours.LEAST_CONTRAST:
        raise DetailRefusedError(Problem.TOO_PALE)
    return found


def _is_website(text: str) -> bool:
    if not _OF_ADDRESSES.fullmatch(text):
        return False
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    has_no_more = port is None and parts.username is None
    return parts.scheme == "https" and has_no_more and bool(_HOST.fullmatch(host))


def problem_of_both(values: Values) -> Problem | None:
    """Return why links cannot be read on pages in the brand's colour, if so."""
    link, brand = values[Detail.LINK_COLOUR], values[Detail.COLOUR]
    if colours.contrast_on_pages(link, brand=brand) < colours.LEAST_CONTRAST:
        return Problem.TOO_PALE
    return None


def changed(before: Values, after: Values) -> tuple[Detail, ...]:
    """Return what differs, in the order of the page."""
    return tuple(
        one for one in Detail if not _is_same(one, before.get(one, ""), after.get(one, ""))
    )


def _is_same(detail: Detail, one: str, other: str) -> bool:
    # The settings may write the same number in another way.
    return one == other or (detail is Detail.PHONE and _rung(one) == _rung(other))


def _rung(number: str) -> str:
    try:
        return _phone(number)
    except DetailRefusedError:
        return number


@dataclass(frozen=True)
class Merged:
    """What two people's changes of one version come to.

    `theirs`: what the other alone changed, and is taken over. `both`: what both changed, where it
    is still this person's.
    """

    values: Values
    theirs: tuple[Detail, ...]
    both: tuple[Detail, ...]


def merge(*, begun: Values, published: Values, typed: Values) -> Merged:
    """Return what somebody typed together with what was published since they began."""
    of_others, own = changed(begun, published), changed(begun, typed)
    theirs = tuple(one for one in of_others if one not in own)
    both = tuple(one for one in of_others if one in own and typed[one] != published[one])
    values = {one: published[one] if one in theirs else typed[one] for one in typed}
    return Merged(values, theirs, both)
