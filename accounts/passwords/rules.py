"""Which passwords are too easy to guess, and why."""

import re
from collections.abc import Iterable
from enum import StrEnum
from threading import Lock

from zxcvbn import zxcvbn
from zxcvbn.frequency_lists import FREQUENCY_LISTS

# Far above any password that somebody types or any manager makes; bounds the work.
MAXIMUM_LENGTH = 1000
# The most that zxcvbn reads.
_READ = 72
# Read as the letters they stand for. zxcvbn would try each of their readings with each other's: a
# password made of them all keeps it busy for seconds.
_PLAIN = str.maketrans("@({[<!|$+%", "accccilstx")
# zxcvbn's score for "safely unguessable" even by whoever holds the hashes: 10^8 tries and more.
_STRONG_ENOUGH = 3
# What a password must still have without the person's own names, as a share of its least length.
_OWN_SHARE = 2
_SHORTEST_WORD = 3

_COMMON: frozenset[str] = frozenset(FREQUENCY_LISTS["passwords"])
# zxcvbn keeps the words of the last call in a table shared by all threads: without a lock, one
# person's password would be measured by another's names.
_one_at_a_time = Lock()


class Weakness(StrEnum):
    """Why a password is refused."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    COMMON = "common"
    PERSONAL = "personal"
    LOCAL = "local"
    REPEATED = "repeated"
    SEQUENCE = "sequence"
    KEYBOARD = "keyboard"
    DATE = "date"
    FEW_WORDS = "few_words"
    GUESSABLE = "guessable"


_BY_PATTERN = {
    "repeat": Weakness.REPEATED,
    "sequence": Weakness.SEQUENCE,
    "spatial": Weakness.KEYBOARD,
    "date": Weakness.DATE,
    "dictionary": Weakness.FEW_WORDS,
}


def weakness(
    password: str,
    *,
    least: int,
    own_words: Iterable[str] = (),
    local_words: Iterable[str] = (),
) -> Weakness | None:
    """Return the first reason to refuse the password, or None for a good one.

    `own_words` are the person's names and addresses, `local_words` the council's and the
    service's; both in any shape, they are taken apart here.
    """
    if len(password) < least:
        return Weakness.TOO_SHORT
    if len(password) > MAXIMUM_LENGTH:
        return Weakness.TOO_LONG
    if _is_common(password):
        return Weakness.COMMON
    own, local = _parts(own_words), _parts(local_words)
    if _mostly(password, own, least):
        return Weakness.PERSONAL
    if _mostly(password, local, least):
        return Weakness.LOCAL
    return _guessed(password, own | local)


def _is_common(password: str) -> bool:
    whole = password.casefold()
    # "Password2024!!" is "password" to whoever guesses.
    bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", whole)
    return whole in _COMMON or bare in _COMMON


def _parts(words: Iterable[str]) -> frozenset[str]:
    parts = (part for word in words for part in re.split(r"[\W\d_]+", word.casefold()))
    return frozenset(part for part in parts if len(part) >= _SHORTEST_WORD)


def _mostly(password: str, parts: frozenset[str], least: int) -> bool:
    rest = password.casefold()
    for part in sorted(parts, key=len, reverse=True):
        rest = rest.replace(part, "")
    return rest != password.casefold() and len(rest) < least // _OWN_SHARE


def _guessed(password: str, words: frozenset[str]) -> Weakness | None:
    with _one_at_a_time:
        result = zxcvbn(password[:_READ].translate(_PLAIN), user_inputs=sorted(words))
    if result["score"] >= _STRONG_ENOUGH:
        return None
    longest = max(result["sequence"], key=lambda match: len(match["token"]))
    if longest.get("dictionary_name") == "passwords":
        return Weakness.COMMON
    return _BY_PATTERN.get(longest["pattern"], Weakness.GUESSABLE)
