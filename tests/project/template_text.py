"""Reads a template's source as the text lint needs it: what is said outside translation tags."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import Lexer, Token, TokenType

from tests.environment import ROOT

TEMPLATES = ROOT / "templates"
# Stands for whatever a tag or variable prints, so that the HTML around it can still be parsed.
PRINTED = "\ue000"
WORD = re.compile(r"[^\W\d_\ue000]{2,}")
_SPOKEN_ATTRIBUTES = {"alt", "aria-label", "aria-description", "label", "placeholder", "title"}
# A parameter of a component whose value is read by a person, given as a bare string.
_LITERAL = re.compile(r"\b(\w*(?:text|Text|html|Html))=(\"[^\"]*\"|'[^']*')")
_CONSTANT = re.compile(r"\b_\((\"[^\"]*\"|'[^']*')\)")
_TRANSLATE = re.compile(r"^trans(?:late)?\s+(\"[^\"]*\"|'[^']*')")
_BLOCK = re.compile(r"^(?:end)?blocktrans(?:late)?\b")


def templates(pattern: str) -> list[Path]:
    """Return the project's templates of that kind, such as `*.html`."""
    return sorted(TEMPLATES.rglob(pattern))


def _shown(source: str) -> Iterator[tuple[Token, bool]]:
    """Yield each token and whether it stands inside a translated block."""
    inside = False
    for token in Lexer(source).tokenize():
        if token.token_type is TokenType.BLOCK and _BLOCK.match(token.contents):
            inside = not token.contents.startswith("end")
        elif token.token_type is not TokenType.COMMENT:
            yield token, inside


def _markup(source: str) -> str:
    """Return the source with every tag replaced and every translated block left out."""
    parts = []
    for token, translated in _shown(source):
        if token.token_type is not TokenType.TEXT:
            parts.append(PRINTED)
        elif not translated:
            parts.append(token.contents)
    return "".join(parts)


class _Words(HTMLParser):
    """Collects what a reader or a screen reader would meet."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"script", "style"}
        submits = ("type", "submit") in attrs and tag == "input"
        for name, value in attrs:
            if name in _SPOKEN_ATTRIBUTES or (submits and name == "value"):
                self.handle_data(value or "")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self._silent and WORD.search(data):
            self.found.append(data.strip())


def untranslated(source: str) -> list[str]:
    """Return every text that the template shows and no translator ever sees."""
    words = _Words()
    words.feed(_markup(source))
    words.close()
    literals = [
        match.group(2)
        for token, _inside in _shown(source)
        if token.token_type is TokenType.BLOCK
        for match in _LITERAL.finditer(token.contents)
        if WORD.search(match.group(2))
    ]
    return words.found + literals


def translated(source: str) -> list[str]:
    """Return every text of the template that a translator sees."""
    found = []
    for token, inside in _shown(source):
        if token.token_type is TokenType.TEXT and inside:
            found.append(re.sub(r"<[^>]*>", " ", token.contents))
        elif token.token_type is not TokenType.TEXT:
            found += _CONSTANT.findall(token.contents) + _TRANSLATE.findall(token.contents)
    return [text.strip("\"' \n") for text in found if WORD.search(text)]
