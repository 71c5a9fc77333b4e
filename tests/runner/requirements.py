"""Lint for the requirement files: `python -m tests.runner.requirements`."""

import re
import sys
from pathlib import Path

from deploy.environment import DEVELOPMENT, RUNTIME

_PIN = re.compile(r"^(?P<pin>[a-z0-9._-]+==\S+)", re.MULTILINE)


def problems() -> list[str]:
    """Return what is wrong with the two files, in sentences."""
    found = [
        f"{path.name} holds an address: compile it with --no-emit-index-url."
        for path in (RUNTIME, DEVELOPMENT)
        if "://" in path.read_text(encoding="utf-8")
    ]
    missing = _pins(RUNTIME) - _pins(DEVELOPMENT)
    if missing:
        # A demonstration started after a test run relies on it and installs nothing.
        names = ", ".join(sorted(missing))
        found.append(f"{DEVELOPMENT.name} must hold all of {RUNTIME.name}; it lacks {names}.")
    return found


def _pins(path: Path) -> set[str]:
    return {match["pin"] for match in _PIN.finditer(path.read_text(encoding="utf-8"))}


if __name__ == "__main__":
    sys.exit("\n".join(problems()) or 0)
