"""The JSON Schema of a copy (draft 2020-12), made from the parts that there are."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import models
from django.db.models import Model
from django.utils.translation import gettext

from accounts.export.documents import FORMAT, VERSION
from accounts.export.part import Asked, Column, Part, parts
from accounts.export.shapes import MOMENT, TEXT, list_of, things
from accounts.models import Account

_TYPES: Final[tuple[tuple[type[Any], Mapping[str, Any]], ...]] = (
    (models.BooleanField, {"type": "boolean"}),
    (models.DateTimeField, MOMENT),
    (models.DateField, {"type": "string", "format": "date"}),
    (models.UUIDField, {"type": "string", "format": "uuid"}),
    (models.IntegerField, {"type": "integer"}),
)


def schema() -> dict[str, Any]:
    """Return the schema; names in it never change, new ones may come."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": gettext("A copy of everything held about one account"),
        "description": gettext("Times are in UTC, as ISO 8601 has them."),
        **things(
            format={"const": FORMAT},
            version={"const": VERSION},
            provider={"type": "string", "format": "uri"},
            held_by=TEXT,
            made_at=MOMENT,
            includes_private_services={"type": "boolean"},
            left_out=list_of(TEXT),
            parts={"type": "array", "prefixItems": [_part(part) for part in parts()]},
        ),
    }


def _part(part: Part) -> dict[str, Any]:
    model = part.rows(Asked(Account(), includes_private=True)).model
    told = things(
        **{
            column.name: {**_value(model, column), "description": str(column.label)}
            for column in part.columns
        }
    )
    about = things(
        name={"const": part.name},
        title=TEXT,
        purposes=list_of(TEXT),
        kept=TEXT,
        stays=list_of(TEXT),
        records=list_of(told),
    )
    return {"title": str(part.title), **about}


def _value(model: type[Model], column: Column) -> Mapping[str, Any]:
    if column.shape:
        plain = column.shape.schema
        may_be_missing = "." in column.path.strip(".")
    else:
        way = column.way(model)
        plain = _plain(way[-1]) if way else TEXT
        may_be_missing = not way or any(_may_be_missing(field) for field in way)
    return {"anyOf": [plain, {"type": "null"}]} if may_be_missing else plain


def _may_be_missing(field: Any) -> bool:  # noqa: ANN401 - a field, or the other end of one
    return bool(getattr(field, "null", False) or (field.auto_created and not field.concrete))


def _plain(field: Any) -> Mapping[str, Any]:  # noqa: ANN401
    target = field.target_field if field.is_relation else field
    return next((schema for kind, schema in _TYPES if isinstance(target, kind)), TEXT)
