"""Values as each of the two documents tells them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Model
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.export.part import Column, Value
from accounts.pages.moments import moment


def as_json(value: object) -> str:
    """Return the value as JSON in UTF-8; times are ISO 8601 in UTC."""
    return json.dumps(value, ensure_ascii=False, default=_plain, allow_nan=False)


def _plain(value: object) -> Any:  # noqa: ANN401 - what json takes
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID | Promise):
        return str(value)
    message = f"{type(value).__name__} cannot be told"
    raise TypeError(message)


def spoken(column: Column, model: type[Model]) -> Column:
    """Return the column of this table with words for each value that is one of a few.

    Where the part has none of its own, those that the table's declaration has.
    """
    way = column.way(model)
    if column.words or column.shape or not way:
        return column
    field = way[-1]
    if field.name == "language":
        return replace(column, words=dict(settings.LANGUAGES))
    return replace(column, words={str(value): text for value, text in field.flatchoices})


def lines(column: Column, value: Value) -> list[str]:
    """Return the value as lines to read; none where there is nothing to tell."""
    if value is None or value == "":
        return []
    if isinstance(value, Mapping):
        return [_pair(column, name, inner) for name, inner in value.items()]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_item(column, item) for item in value]
    return [_word(column, value)]


def _item(column: Column, item: Value) -> str:
    if isinstance(item, Mapping):
        told = (_pair(column, name, inner) for name, inner in item.items() if inner != "")
        return " · ".join(told)
    return _word(column, item)


def _pair(column: Column, name: str, value: Value) -> str:
    labels = column.shape.labels if column.shape else {}
    label = labels.get(name, name.replace("_", " "))
    return _("{label}: {value}").format(label=label, value=_word(column, value))


def _word(column: Column, value: Value) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return date_format(value, "j F Y")
    text = str(value)
    return str(column.words.get(text, text))
