"""Every text that the sources mark for translation, read without gettext's own tools."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from django.template import engines
from django.template.base import Node, NodeList
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.translation import trim_whitespace

from tests.environment import ROOT
from tests.project.template_text import TEMPLATES

# A text, or one and its plural.
Message = tuple[str, ...]
_MARKS = {"_": 1, "gettext": 1, "gettext_lazy": 1, "ngettext": 2, "ngettext_lazy": 2}
_CONSTANT = re.compile(r"\b_\((?:\"([^\"]*)\"|'([^']*)')\)")
_DJANGO = Path(django.__file__).parent
# Names of months and days, which our dates are written with.
_OF_DJANGO = [_DJANGO / "utils" / "dates.py", _DJANGO / "utils" / "dateformat.py"]


def messages() -> set[Message]:
    """Return what `makemessages` would find in the programs and templates."""
    found: set[Message] = set()
    for app in ("accounts", "clients", "idp"):
        for path in (ROOT / app).rglob("*.py"):
            found |= set(_of_program(path))
    for path in _OF_DJANGO:
        found |= set(_of_program(path))
    for kind in ("*.html", "*.txt"):
        for path in TEMPLATES.rglob(kind):
            found |= set(_of_template(path))
    return found


def _of_program(path: Path) -> Iterator[Message]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        texts = node.args[: _MARKS.get(node.func.id, 0)]
        parts = [text.value for text in texts if isinstance(text, ast.Constant)]
        if parts and len(parts) == len(texts):
            yield tuple(str(part) for part in parts)


def _of_template(path: Path) -> Iterator[Message]:
    source = path.read_text(encoding="utf-8")
    for first, second in _CONSTANT.findall(source):
        yield (first or second,)
    template: Any = engines["django"].from_string(source)
    yield from _of_nodes(template.template.nodelist)


def _of_nodes(nodes: NodeList) -> Iterator[Message]:
    for node in _every(nodes):
        if isinstance(node, TranslateNode):
            literal = getattr(node.filter_expression.var, "literal", node.filter_expression.var)
            yield (str(literal).replace("%", "%%"),)
        elif isinstance(node, BlockTranslateNode):
            yield _of_block(node)


def _every(nodes: NodeList) -> Iterator[Node]:
    for node in nodes:
        yield node
        # Tags of ours with a body do not name it among their children.
        for name in {*node.child_nodelists, "nodelist"}:
            yield from _every(getattr(node, name, None) or NodeList())


def _of_block(node: BlockTranslateNode) -> Message:
    forms = [node.singular, node.plural] if node.plural else [node.singular]
    texts = [node.render_token_list(form)[0] for form in forms]
    return tuple(trim_whitespace(text) if node.trimmed else text for text in texts)
