"""Finds text for people in Python source that no translator will ever see."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.environment import ROOT

_GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "npgettext"}
# For whoever runs or develops this, who reads English: logs, exceptions, commands' own words.
_FOR_STAFF = {"debug", "info", "warning", "error", "exception", "critical", "write"}
# Arguments that end on a page whatever they look like, so that one word is enough.
_SPOKEN = {"label", "help_text", "heading", "explanation", "next_steps", "choices", "empty_label"}
# What an exception says, and an error_description: ASCII, for a developer (RFC 6749 §4.1.2.1).
_FOR_CODE = {"message", "description"}
_LETTERS = re.compile(r"[^\W\d_]{2,}")
# A capital, then a small word: no SQL, no product's name.
_SENTENCE = re.compile(r"^\W*[A-Z][a-z’']*,? [a-z]")


def sources() -> list[Path]:
    """Return the modules whose text can reach a resident's page or mail."""
    worded = {"forms", "views", "rules", "wording", "decorators", "jobs"}
    return [
        path
        for app in ("accounts", "clients", "idp")
        for path in sorted((ROOT / app).rglob("*.py"))
        if not {"migrations", "management", "models"} & set(path.parts)
        and (path.stem in worded or app == "accounts")
    ]


def _called(node: ast.Call) -> str:
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_for_code(node: ast.AST) -> bool:
    """Return whether this writes the text of an exception or of a protocol's error."""
    if isinstance(node, ast.Raise):
        raised = node.exc
        # A ValidationError is shown to whoever filled in the form.
        return not (isinstance(raised, ast.Call) and _called(raised) == "ValidationError")
    if isinstance(node, ast.keyword):
        return node.arg in _FOR_CODE
    targets = node.targets if isinstance(node, ast.Assign) else []
    return any(isinstance(target, ast.Name) and target.id in _FOR_CODE for target in targets)


def _strings(node: ast.AST, *, spoken: bool) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Constant):
        pattern = _LETTERS if spoken else _SENTENCE
        if isinstance(node.value, str) and pattern.search(node.value):
            yield node.lineno, node.value
        return
    if _is_docstring(node) or _is_for_code(node):
        return
    if isinstance(node, ast.Call):
        if _called(node) in _GETTEXT | _FOR_STAFF:
            return
        # `label=kwargs.pop("label", _("Name"))`: what a call is given is not what it returns.
        spoken = False
    if isinstance(node, ast.Dict):
        # A key names a field or a code, never something to read.
        children: list[ast.AST] = list(node.values)
    else:
        children = list(ast.iter_child_nodes(node))
    for child in children:
        named = isinstance(child, ast.keyword) and child.arg in _SPOKEN | {"error_messages"}
        plain = isinstance(node, ast.Tuple) and child is children[0]
        yield from _strings(child, spoken=(spoken or named) and not plain)


def untranslated(source: str) -> list[tuple[int, str]]:
    """Return line and text of every string for people that is not in a gettext call."""
    return list(_strings(ast.parse(source), spoken=False))
