"""The project's own Python files, parsed, for tests that read code."""

import ast
import subprocess
from functools import cache
from pathlib import Path
from typing import Final

from tests.environment import ROOT

APPS: Final = ("accounts", "clients", "idp")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def files(*endings: str) -> list[Path]:
    """Return the files with these endings, generated ones left out."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        check=False,
        capture_output=True,
        cwd=ROOT,
        text=True,
    )
    # A release unpacked from an archive has no repository.
    names = listed.stdout.splitlines() if listed.returncode == 0 else _everything()
    paths = (ROOT / name for name in names if name.endswith(endings))
    return sorted(path for path in paths if path.exists() and "migrations" not in path.parts)


@cache
def parsed(path: Path) -> ast.Module:
    """Return the file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> list[Function]:
    """Return every function of the file, nested ones and methods too."""
    return [node for node in ast.walk(parsed(path)) if isinstance(node, Function)]


def of_apps(name: str = "") -> list[Path]:
    """Return the apps' Python files, or those of this name."""
    mine = (path for path in files(".py") if path.relative_to(ROOT).parts[0] in APPS)
    return [path for path in mine if not name or path.name == name]


def shown(path: Path) -> str:
    """Return how a test names the file."""
    return str(path.relative_to(ROOT))


def _everything() -> list[str]:
    folders = (*APPS, "deploy", "templates", "tests")
    return [shown(path) for folder in folders for path in (ROOT / folder).rglob("*.*")]
