"""Every module of the plans has its test, and every test its module."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

_HERE = Path(__file__).parent
# What the names of the suite's modules begin with.
MODULES = ("test_oidcc_", "test_openid_ssf_", "test_fapi2_")
# plan, test
Named = tuple[str, str]


def listed() -> Iterator[Named]:
    """Yield what the lists say: a module's test is named after it."""
    for path in sorted(_HERE.rglob("modules.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                plan, module = line.split()
                yield plan, "test_" + re.sub(r"\W", "_", module).lower()


def written() -> Iterator[tuple[Named, str]]:
    """Yield each test of a module, once for each plan that its file names, and its docstring."""
    for path in sorted(_HERE.rglob("test_*.py")):
        parsed = ast.parse(path.read_text(encoding="utf-8"))
        functions = [node for node in parsed.body if isinstance(node, ast.FunctionDef)]
        for function in functions:
            if function.name.startswith(MODULES):
                for plan in _plans(parsed):
                    yield (plan, function.name), ast.get_docstring(function) or ""


def _plans(parsed: ast.Module) -> tuple[str, ...]:
    (plans,) = (
        ast.literal_eval(node.value)
        for node in parsed.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "PLANS"
    )
    return tuple(plans)


def test_each_module_has_one_test_and_each_test_a_module() -> None:
    assert sorted(name for name, _requirement in written()) == sorted(listed())


def test_each_test_says_what_its_module_demands() -> None:
    assert all(requirement for _name, requirement in written())
