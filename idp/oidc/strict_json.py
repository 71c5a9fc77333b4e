"""JSON that somebody else wrote, read so that no two readers read it differently (RFC 7493)."""

import json
from collections.abc import Iterable
from enum import StrEnum
from math import isfinite
from typing import Any, Final, NoReturn

_DEEPEST: Final = 20


class Fault(StrEnum):
    """What is wrong with a text."""

    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    NOT_AN_ARRAY = "not_an_array"
    DUPLICATE_MEMBER = "duplicate_member"
    NOT_A_NUMBER = "not_a_number"
    TOO_DEEP = "too_deep"
    BAD_CHARACTER = "bad_character"


class NotStrictError(ValueError):
    """The text is not JSON of this kind that everybody reads alike."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def parse_object(text: str | bytes) -> dict[str, Any]:
    """Return the JSON object in a text whose length the caller has bounded.

    Raises:
        NotStrictError: it is none, names a member twice, nests too deep, or holds a number or
            character that databases and other languages do not.
    """
    value = _parsed(text)
    if not isinstance(value, dict):
        raise NotStrictError(Fault.NOT_AN_OBJECT)
    _check(value, levels=_DEEPEST)
    return value


def parse_array(text: str | bytes) -> list[Any]:
    """Return the JSON array in a text whose length the caller has bounded.

    Raises:
        NotStrictError: it is none, or as for `parse_object`.
    """
    value = _parsed(text)
    if not isinstance(value, list):
        raise NotStrictError(Fault.NOT_AN_ARRAY)
    _check(value, levels=_DEEPEST)
    return value


def _parsed(text: str | bytes) -> object:
    try:
        return json.loads(
            # Not left to `loads`, which takes other encodings than UTF-8 too.
            text.decode() if isinstance(text, bytes) else text,
            object_pairs_hook=_without_duplicates,
            parse_constant=_refuse_constant,
            parse_float=_finite,
        )
    except NotStrictError:
        raise
    except (ValueError, RecursionError) as error:
        raise NotStrictError(Fault.NOT_JSON) from error


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotStrictError(Fault.DUPLICATE_MEMBER)
    return found


def _refuse_constant(_name: str) -> NoReturn:
    raise NotStrictError(Fault.NOT_A_NUMBER)


def _finite(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise NotStrictError(Fault.NOT_A_NUMBER)
    return number


def _check(value: object, *, levels: int) -> None:
    if isinstance(value, str):
        # Half a surrogate pair is no character, and PostgreSQL stores no NUL.
        if "\0" in value or _is_torn(value):
            raise NotStrictError(Fault.BAD_CHARACTER)
        return
    if not isinstance(value, dict | list):
        return
    if levels == 0:
        raise NotStrictError(Fault.TOO_DEEP)
    parts: Iterable[object] = [*value, *value.values()] if isinstance(value, dict) else value
    for part in parts:
        _check(part, levels=levels - 1)


def _is_torn(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)
