"""The table holds every limit that the code counts by, and no other."""

import ast
from collections.abc import Iterator

import pytest

from accounts.limits import table
from accounts.limits.table import EXEMPTIONS, LIMITS, Exemption, Limit
from tests.environment import ROOT

TABLE = "accounts.limits.table"
NAMED = {name: it for name, it in vars(table).items() if isinstance(it, Limit | Exemption)}


def _imported(folders: tuple[str, ...]) -> Iterator[str]:
    """Return the names that modules of these folders import from the table and use."""
    for folder in folders:
        for path in (ROOT / folder).rglob("*.py"):
            tree = ast.parse(path.read_text())
            imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
            named = {a.name for node in imports if node.module == TABLE for a in node.names}
            used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
            yield from named & used


IN_CODE = set(_imported(("accounts", "clients", "idp")))


def _named_in_tests() -> Iterator[str]:
    """Return the names that tests take from the table, but for those of the documentation."""
    for path in (ROOT / "tests").rglob("*.py"):
        if path.name in {"test_table.py", "test_readme.py"}:
            continue
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == TABLE:
                yield from (alias.name for alias in node.names)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                yield from [node.attr] * (node.value.id == "table")


TESTED = set(_named_in_tests())


@pytest.mark.parametrize("name", [name for name, it in NAMED.items() if isinstance(it, Limit)])
def test_a_limit_is_filled_by_a_test(name: str) -> None:
    assert name in TESTED


def test_every_limit_that_is_defined_is_listed() -> None:
    listed: list[Limit | Exemption] = [*LIMITS, *EXEMPTIONS]
    assert sorted(it.name for it in NAMED.values()) == sorted(it.name for it in listed)


@pytest.mark.parametrize("name", NAMED)
def test_a_limit_is_called_what_its_counters_are_called(name: str) -> None:
    assert NAMED[name].name == name.lower()


@pytest.mark.parametrize("name", NAMED)
def test_a_limit_is_counted_somewhere(name: str) -> None:
    assert name in IN_CODE


def test_no_code_counts_by_a_limit_of_its_own() -> None:
    made = [
        str(path.relative_to(ROOT))
        for folder in ("accounts", "clients", "idp")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"Limit", "Exemption"}
    ]
    assert set(made) == {"accounts/limits/table.py"}
