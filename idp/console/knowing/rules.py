"""Whether what was shown at a counter is the account's owner, and when one voice is not enough."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

# One word in common, such as a family name, says little.
_WORDS: Final = 2
# Whoever types a list of names in one field would match every account that has two of them.
_MORE_ON_PAPERS: Final = 3


class Refusal(StrEnum):
    """Why somebody of the staff knows no more than before."""

    WRONG_CODE = "wrong_code"
    OTHER_PERSON = "other_person"
    NO_ACCOUNT = "no_account_found"
    NO_MAILBOX = "no_safe_email"
    NO_PHONE = "no_confirmed_phone"
    NOT_AT_COUNTER = "not_at_a_counter"
    TOO_MANY_CODES = "too_many_codes"
    TOO_MANY_CHECKS = "too_many_checks"


class Evidence(StrEnum):
    """What somebody showed at a counter."""

    PHOTO = "photo"
    TWO_PAPERS = "two_papers"


@dataclass(frozen=True)
class Person:
    """A full name and a date of birth, as papers say or as an account does."""

    full_name: str
    date_of_birth: date | None


@dataclass(frozen=True)
class Call:
    """With whom staff talk: whether others were there, and what was done about it.

    `is_seen_at_counter`: they showed papers there, not only that somebody chose so from a list.
    """

    others: Collection[str]
    is_seen_at_counter: bool
    is_called_back: bool


def is_same(shown: Person, kept: Person, *, by: Evidence) -> bool:
    """Say whether who is named on papers is who the account is of.

    Papers may leave names out or have a few more. Of a photo identity the date of birth must be
    there, where the account has one.
    """
    if kept.date_of_birth is not None:
        is_left_out = shown.date_of_birth is None and by is Evidence.TWO_PAPERS
        if not is_left_out and shown.date_of_birth != kept.date_of_birth:
            return False
    ours, theirs = _words(kept.full_name), _words(shown.full_name)
    if not ours or not theirs or len(theirs) > len(ours) + _MORE_ON_PAPERS:
        return False
    fewer, more = sorted((ours, theirs), key=len)
    return ours == theirs or (len(fewer) >= _WORDS and fewer <= more)


def needs_call_back(call: Call) -> bool:
    """Say whether what two people must agree to also needs the account's own phone, or a counter.

    Where others speak for a caller, nobody hears whose wish it is.
    """
    return bool(call.others) and not call.is_seen_at_counter and not call.is_called_back


def _words(name: str) -> frozenset[str]:
    # Papers write names in capitals, and many without accents.
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(" " if not one.isalpha() else one for one in plain if not _is_mark(one))
    return frozenset(letters.split())


def _is_mark(one: str) -> bool:
    return unicodedata.category(one) == "Mn" or one in "'’"
