"""The JSON Schema of receipts, at an address that stays."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings

# Another shape gets another number: who kept a receipt finds its schema where it says.
PATH: Final = "schemas/consent-receipt-1.json"


def address() -> str:
    """Return where the schema is served."""
    return f"{settings.ISSUER}/{PATH}"


def document() -> dict[str, Any]:
    """Return the schema."""
    return {**_file(), "$id": address()}


@cache
def _file() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(Path(__file__).with_name("schema.json").read_text())
    return read
