"""The JSON of a copy keeps to its schema, and the schema is where it is said to be."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from accounts.export.schema import schema
from accounts.export.sealing import Document
from tests import factories
from tests.idp.export.told import copy, use

TYPES: Mapping[str, type] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
FORMATS: Mapping[str, Callable[[str], object]] = {
    "date-time": datetime.fromisoformat,
    "date": date.fromisoformat,
    "uuid": UUID,
    "uri": lambda text: re.fullmatch(r"https?://\S+", text) or int(text),
}


def faults(value: object, wanted: Mapping[str, Any], where: str = "$") -> Iterator[str]:
    """Yield what is wrong with the value, by those words of JSON Schema that ours uses."""
    if "anyOf" in wanted:
        if all(list(faults(value, one, where)) for one in wanted["anyOf"]):
            yield f"{where}: {value!r} is none of {wanted['anyOf']}"
        return
    if "const" in wanted and value != wanted["const"]:
        yield f"{where}: {value!r}"
    if "type" in wanted and type(value) is not TYPES[wanted["type"]]:
        yield f"{where}: {value!r} is no {wanted['type']}"
    elif isinstance(value, dict):
        yield from _of_object(value, wanted, where)
    elif isinstance(value, list):
        yield from _of_list(value, wanted, where)
    elif "format" in wanted:
        try:
            FORMATS[wanted["format"]](value)
        except ValueError:
            yield f"{where}: {value!r} is no {wanted['format']}"


def _of_object(value: dict[str, Any], wanted: Mapping[str, Any], where: str) -> Iterator[str]:
    known = wanted.get("properties", {})
    missing = set(wanted.get("required", ())) - set(value)
    unknown = set(value) - set(known) if wanted.get("additionalProperties") is False else set()
    yield from (f"{where}.{name}" for name in missing | unknown)
    for name in set(known) & set(value):
        yield from faults(value[name], known[name], f"{where}.{name}")


def _of_list(value: list[Any], wanted: Mapping[str, Any], where: str) -> Iterator[str]:
    first = wanted.get("prefixItems", [])
    if first and len(first) != len(value):
        yield f"{where}: {len(value)}"
    for number, item in enumerate(value):
        one = first[number] if number < len(first) else wanted.get("items", {})
        yield from faults(item, one, f"{where}[{number}]")


@pytest.mark.django_db
@pytest.mark.parametrize("private", [False, True])
def test_a_copy_keeps_to_the_schema(*, private: bool) -> None:
    ann = factories.account("ann@example.org", password=factories.PASSWORD)
    assert list(faults(json.loads(copy(ann, private=private)[Document.JSON]), schema())) == []
    service = use(ann, "Allotments")
    use(ann, "Refuge", is_sensitive=True)
    factories.grant(service, account=ann)
    factories.way(ann, "app", label="Blue phone")
    told = json.loads(copy(ann, private=private)[Document.JSON])

    assert list(faults(told, schema())) == []


@pytest.mark.parametrize(
    "value, wanted",
    [
        (1, {"type": "string"}),
        (True, {"type": "integer"}),
        ("x", {"type": "string", "format": "date-time"}),
        ({}, {"type": "object", "required": ["a"]}),
        ({"b": 1}, {"type": "object", "properties": {}, "additionalProperties": False}),
        ([1, "x"], {"type": "array", "items": {"type": "integer"}}),
        ("x", {"anyOf": [{"type": "null"}, {"type": "integer"}]}),
    ],
)
def test_what_breaks_a_schema_is_found(value: object, wanted: dict[str, Any]) -> None:
    assert list(faults(value, wanted))
