"""Every module of the plans has its test, and every test its module."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

_HERE = Path(__file__).parent


def listed() -> Iterator[str]:
    """Yield the tests that the list wants: each is named after its module."""
    for line in (_HERE / "modules.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield "test_" + re.sub(r"\W", "_", line).lower()


def written() -> Iterator[tuple[str, str]]:
    """Yield each test of a module and its docstring."""
    for path in sorted(_HERE.glob("test_*.py")):
        if path.name != "test_modules.py":
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                    yield node.name, ast.get_docstring(node) or ""


def test_each_module_has_one_test_and_each_test_a_module() -> None:
    assert sorted(name for name, _requirement in written()) == sorted(listed())


def test_each_test_says_what_its_module_demands() -> None:
    assert all(requirement for _name, requirement in written())
