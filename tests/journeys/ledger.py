"""Which pages the journeys have shown, so that none escapes axe, plain or with errors."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from accounts.security.access import Access

_PEOPLES = frozenset({Access.PUBLIC, Access.SIGNED_IN, Access.MEMBER, Access.STAFF})
# What differs between two answers that look the same to axe: form values, nonces, what a link
# carries, and the addresses that tests make up.
_OF_ONE_ANSWER = re.compile(r' (?:nonce|value)="[^"]*"|(?<=\?)[^"\s]*(?=")|[\w.+-]+@mail\.example')


@dataclass
class Ledger:
    """The names of URLs seen plain and seen with errors; `asks_axe` unless another run does."""

    asks_axe: bool = True
    plain: set[str] = field(default_factory=set)
    with_errors: set[str] = field(default_factory=set)
    asks: set[str] = field(default_factory=set)
    _checked: set[tuple[int, str]] = field(default_factory=set)

    def note(self, url: str, *, errors: bool, asks: bool) -> None:
        """Note a page that was shown; `asks` says that it has a field to fill in or choose."""
        name = page_name(url)
        if name is None:
            return
        (self.with_errors if errors else self.plain).add(name)
        if asks:
            self.asks.add(name)

    def is_for_axe(self, width: int, html: str) -> bool:
        """Say whether axe has still to see a page as wide as this, and take it as seen."""
        state = (width, _OF_ONE_ANSWER.sub("", html))
        if not self.asks_axe or state in self._checked:
            return False
        self._checked.add(state)
        return True

    def missing(self) -> list[str]:
        """Say which pages nobody has looked at, and which that ask were never seen refusing."""
        # Where an answer alone shows a page, it may show it with errors only.
        seen = self.plain | self.with_errors
        unseen = [f"{name}: never visited" for name in sorted(set(pages()) - seen)]
        errors = sorted(self.asks - self.with_errors)
        return unseen + [f"{name}: never visited with errors" for name in errors]


def page_name(url: str) -> str | None:
    """Return the name of the URL pattern behind an address, or None for one of no page."""
    try:
        match = resolve(urlsplit(url).path)
    except Resolver404:
        return None
    return match.view_name


def pages() -> Iterator[str]:
    """Yield the names of every URL that shows a person a page."""
    for pattern, name in _patterns(get_resolver(), ""):
        access = getattr(pattern.callback, "access", None)
        if access in _PEOPLES and not getattr(pattern.callback, "no_page", False):
            yield name


def _patterns(resolver: URLResolver, prefix: str) -> Iterator[tuple[URLPattern, str]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from _patterns(entry, inner)
        else:
            yield entry, f"{prefix}{entry.name}"
