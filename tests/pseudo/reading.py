"""What a reader, also of a screen reader, meets in plain English on a page."""

import re
from html.parser import HTMLParser

# Its refusals speak to the service's programmers, in the specifications' language.
# And the log names its events as the code does, for auditors.
FOR_PROGRAMMERS = frozenset({"authorize:start", "audit:search", "audit:event"})

_WORD = re.compile(r"[A-Za-z]{2,}")
_NO_WORDS = re.compile(
    r"""\b[A-Z0-9]{4}-[A-Z0-9]{4}\b        # a help code
    | \b[A-Z0-9]{5}-[A-Z0-9]{5}\b         # a recovery code
    | \b(?:[A-Z2-7]{4}\ ){7}[A-Z2-7]{4}\b # the secret of an app
    | \b[B-DF-HJ-NP-TV-Z]{3}\b            # the name of a sheet
    | \b[A-Z]{2}\d\ \d[A-Z]{2}\b         # a postcode
    | \b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b # an account's id
    | \bBL-[A-Z0-9]{8}\b                 # a case of staff
    | https?://[\w.:-]+\S*                # a link
    | [\w.]+@[\w.]+\.(?:org|example)     # an email address
    """,
    re.VERBOSE,
)
_SPOKEN = frozenset({"alt", "aria-label", "aria-description", "placeholder", "title"})
_SILENT = frozenset({"script", "style"})
# Read out or copied letter by letter, not words of any language.
_CODES = frozenset({"borough-help__code", "borough-as-it-is", "borough-code"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.texts += [value for name, value in attrs if name in _SPOKEN and value]
        classes = set((named.get("class") or "").split())
        if tag in _SILENT or classes & _CODES or (self._silent and self._silent[-1] == tag):
            self._silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)


def plain_english(page: str, *, names: list[str]) -> list[str]:
    """Return the texts with a word that has no accent, but for these proper names."""
    reader = _Reader()
    reader.feed(page)
    left = []
    for text in reader.texts:
        rest = _NO_WORDS.sub("", text)
        for name in sorted(names, key=len, reverse=True):
            rest = rest.replace(name, "")
        if _WORD.search(rest):
            left.append(" ".join(rest.split()))
    return left
