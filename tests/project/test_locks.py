"""Locks are only as strong as they must be."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.environment import ROOT


def locks() -> Iterator[tuple[Path, ast.Call]]:
    for app in ("accounts", "clients", "idp"):
        for path in (ROOT / app).rglob("*.py"):
            calls = (node for node in ast.walk(ast.parse(path.read_text())) if is_lock(node))
            yield from ((path, call) for call in calls if isinstance(call, ast.Call))


def is_lock(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "select_for_update"
    )


def test_no_lock_keeps_out_rows_that_refer_to_the_locked_one() -> None:
    # PostgreSQL: inserting a token locks its session, account and application FOR KEY SHARE. With
    # FOR UPDATE on one of them, signing out and a code exchange wait for one another for ever.
    strong = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path, call in locks()
        if "no_key" not in {keyword.arg for keyword in call.keywords}
    ]
    assert not strong, "say select_for_update(no_key=True)"
    assert list(locks())
