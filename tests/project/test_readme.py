"""The README tells the truth: what it names is there, and what is there at the top is named."""

import re

import pytest
from django.core.management import get_commands

from tests.environment import ROOT
from tests.project import source

README = (ROOT / "README.md").read_text(encoding="utf-8")
# A word with a slash inside, or the name of a file, in code marks or as a picture's address.
QUOTED = re.findall(r"`([^`\s]+)`|src=\"([^\"]+)\"|python3 (\S+)", README)
PATHS = sorted(
    {
        name
        for name in ("".join(groups) for groups in QUOTED)
        if re.fullmatch(r"[\w./-]+", name) and "/" in name and not name.startswith("/")
    }
)
# Files that every feature may have; the README explains the names.
EVERYWHERE = {"__init__.py", "views.py", "operations.py", "queries.py", "rules.py", "wording.py"}
LONGEST_DECISION = 10


def test_there_are_paths_to_look_at() -> None:
    assert len(PATHS) >= 30


@pytest.mark.parametrize("path", PATHS)
def test_every_path_that_it_names_is_there(path: str) -> None:
    assert (ROOT / path).exists()
    assert (ROOT / path).is_dir() == path.endswith("/")


@pytest.mark.parametrize("name", sorted(EVERYWHERE))
def test_the_file_names_that_it_explains_are_used(name: str) -> None:
    assert f"`{name}`" in README
    assert len(source.of_apps(name)) >= 3


def test_its_map_names_every_folder_at_the_top() -> None:
    tops = {path.relative_to(ROOT).parts[0] for path in source.files(".py", ".html")}
    folders = {top for top in tops if (ROOT / top).is_dir() and not top.startswith(".")}
    assert folders == set(re.findall(r"^\| `(\w+)/` \|", README, re.MULTILINE))


def test_it_names_every_command_for_operators() -> None:
    ours = {name for name, app in get_commands().items() if app in source.APPS}
    _, _, table = README.partition("## Commands for operators")
    rows = re.findall(r"^\| (`.*?`) \|", table.partition("##")[0], re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert named - {"check"} == ours


def test_a_decision_is_dated_and_short() -> None:
    _, _, decisions = README.partition("## Decisions\n")
    entries = re.split(r"^\* ", decisions, flags=re.MULTILINE)[1:]
    assert len(entries) >= 8
    for entry in entries:
        assert re.match(r"\*\*20\d\d-\d\d-\d\d ", entry)
        assert len(entry.strip().splitlines()) <= LONGEST_DECISION


def test_pictures_are_small_and_described() -> None:
    pictures = re.findall(r'<img src="([^"]+)" width="\d+" alt="([^"]+)">', README)
    assert len(pictures) == 2
    for path, description in pictures:
        assert (ROOT / path).stat().st_size < 100_000
        assert len(description) > 20
