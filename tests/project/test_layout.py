"""Sizes, names and the doc paragraph of every folder."""

from pathlib import Path
from statistics import median

import pytest

from tests.environment import ROOT
from tests.project import source

LONGEST_FILE = 300
LONGEST_FUNCTION = 50
# Names that say nothing, under which anything ends up.
DRAWERS = {"base", "common", "helpers", "lib", "misc", "shared", "tools", "util", "utils"}
FOLDERS = {"accounts", "clients", "deploy", "idp", "templates", "tests"}
TOP_LEVEL = {"LICENSE", "README.md", "manage.py", "pyproject.toml"}

PYTHON = source.files(".py")
PACKAGES = sorted({path.parent for path in source.of_apps()})
every_package = pytest.mark.parametrize("folder", PACKAGES, ids=source.shown)


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_is_too_long_to_read_in_one_go() -> None:
    texts = source.files(".py", ".html", ".txt", ".js", ".sh")
    # Compiled, and not for reading.
    written = [path for path in texts if not path.name.startswith("requirements")]
    assert {
        source.shown(path): _lines(path) for path in written if _lines(path) > LONGEST_FILE
    } == {}


def test_no_function_is_too_long_to_see_at_once() -> None:
    lengths = {
        f"{source.shown(path)}:{function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path in PYTHON
        for function in source.functions(path)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_most_files_and_functions_are_short() -> None:
    assert median(_lines(path) for path in source.of_apps()) <= 60
    lengths = [
        (function.end_lineno or 0) - function.lineno + 1
        for path in source.of_apps()
        for function in source.functions(path)
    ]
    assert median(lengths) <= 10


def test_no_name_invites_whatever_fits_nowhere() -> None:
    names = {part for path in PYTHON for part in (*path.relative_to(ROOT).parent.parts, path.stem)}
    # templates/base.html is what Django calls it; no Python file may.
    assert names & DRAWERS == set()


def test_the_top_level_holds_only_what_it_is_meant_to() -> None:
    tops = {path.relative_to(ROOT).parts[0] for path in source.files("")}
    assert {top for top in tops if not top.startswith(".")} <= FOLDERS | TOP_LEVEL


@every_package
def test_every_folder_of_code_is_a_package_that_says_what_it_is(folder: Path) -> None:
    docstring = (folder / "__init__.py").read_text(encoding="utf-8").strip()
    assert docstring.startswith('"""')


@every_package
def test_every_feature_says_what_it_owns_and_what_it_must_not_know(folder: Path) -> None:
    if not (folder / "operations.py").exists() and not (folder / "views.py").exists():
        return
    words = (folder / "__init__.py").read_text(encoding="utf-8").lower()
    assert any(word in words for word in ("know", "must not", "nothing of", "imports nothing"))
