"""Doing what operators do to a live application."""

import json
from pathlib import Path
from typing import Any

from clients.models import Application
from tests.commands import run


def with_members(file: Path, **members: Any) -> str:
    """Have the file say this of its application, and return where it is."""
    content = json.loads(file.read_text())
    content["applications"][0].update(members)
    file.write_text(json.dumps(content))
    return str(file)


def change(live: Application, *arguments: str) -> dict[str, Any]:
    """Return what `application change` prints."""
    shown: dict[str, Any] = run("application", "change", live.slug, *arguments)
    return shown
