"""How columns that hold more than one value are told."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.export.part import Shape, Value

TEXT: Final = {"type": "string"}
MOMENT: Final = {"type": "string", "format": "date-time"}


def list_of(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of a list of these."""
    return {"type": "array", "items": dict(item)}


def things(**members: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of an object with these members, all of them there."""
    return {
        "type": "object",
        "properties": {name: dict(schema) for name, schema in members.items()},
        "required": list(members),
        "additionalProperties": False,
    }


def _moment(seconds: Any) -> datetime:  # noqa: ANN401 - what a JSON column holds
    return datetime.fromtimestamp(int(seconds), UTC)


def _proofs(kept: Any) -> Value:  # noqa: ANN401
    return [{"way": proof["method"], "at": _moment(proof["at"])} for proof in kept]


def _news(kept: Any) -> Value:  # noqa: ANN401
    return [
        {"news": item["news"], "detail": item.get("detail", ""), "at": _moment(item["at"])}
        for item in kept
    ]


def _facts(kept: Any) -> Value:  # noqa: ANN401
    return {str(name): value for name, value in kept.items()}


def _texts(kept: Any) -> Value:  # noqa: ANN401
    return [str(item) for item in (kept.split() if isinstance(kept, str) else kept)]


_AT: Final[Promise] = _("At")
PROOFS: Final = Shape(
    list_of(things(way=TEXT, at=MOMENT)), _proofs, {"way": _("Way to sign in"), "at": _AT}
)
NEWS: Final = Shape(
    list_of(things(news=TEXT, detail=TEXT, at=MOMENT)),
    _news,
    {"news": _("News"), "detail": _("More"), "at": _AT},
)
FACTS: Final = Shape({"type": "object"}, _facts)
TEXTS: Final = Shape(list_of(TEXT), _texts)
LINES: Final = Shape(list_of(TEXT), lambda kept: kept.split("\n") if kept else [])
