"""Resolves a page template's inheritance: which block comes from where, how many h1 result."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.template import Context
from django.template.base import FilterExpression, Node, NodeList, Template, TextNode
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode


@dataclass
class Outline:
    """A page after inheritance."""

    parents: list[str] = field(default_factory=list)
    blocks: dict[str, BlockNode] = field(default_factory=dict)
    root: NodeList = field(default_factory=NodeList)


def _load(name: str) -> Template:
    template = get_template(name).template  # type: ignore[attr-defined]
    assert isinstance(template, Template)
    return template


def outline(name: str) -> Outline:
    """Return the page's layouts, nearest first, and of each block what the nearest says."""
    page = Outline()
    template = _load(name)
    while True:
        page.root = template.nodelist
        extends = next((n for n in page.root if isinstance(n, ExtendsNode)), None)
        for block in page.root.get_nodes_by_type(BlockNode):
            assert isinstance(block, BlockNode)
            page.blocks.setdefault(block.name, block)
        if extends is None:
            return page
        assert isinstance(extends.parent_name, FilterExpression)
        parent = str(extends.parent_name.resolve(Context()))
        page.parents.append(parent)
        template = _load(parent)


def walk(page: Outline, nodes: NodeList) -> Iterator[Node]:
    """Yield every node that the page can print, following blocks and includes."""
    for node in nodes:
        if isinstance(node, BlockNode):
            yield page.blocks[node.name]
            yield from walk(page, page.blocks[node.name].nodelist)
            continue
        yield node
        if isinstance(node, IncludeNode) and isinstance(node.template.var, str):
            yield from walk(page, _load(node.template.var).nodelist)
        for attribute in node.child_nodelists:
            children = getattr(node, attribute, None)
            if isinstance(children, NodeList):
                yield from walk(page, children)


def _headings(node: Node) -> int:
    if isinstance(node, TextNode):
        return node.s.count("<h1")
    arguments = getattr(node, "kwargs", None) or {}
    heading = arguments.get("heading")
    return int(heading is not None and heading.resolve(Context()) is True)


def count_headings(page: Outline) -> int:
    """Return how many h1 the page can print."""
    return sum(_headings(node) for node in walk(page, page.root))


def is_empty(page: Outline, block: str) -> bool:
    """Return whether the page asks for the block and it prints nothing at all."""
    if page.blocks[block] not in walk(page, page.root):
        return False
    nodes = page.blocks[block].nodelist
    return not any(not isinstance(node, TextNode) or node.s.strip() for node in nodes)
