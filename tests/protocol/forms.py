"""The forms of a page, read as a browser without scripts reads them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """One form: where it goes, what it carries, and its buttons by id."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, dict[str, str]] = field(default_factory=dict)


def forms(html: str) -> list[Form]:
    """Return every form of the page."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = True
            self.forms.append(Form(found.get("action", ""), found.get("method", "get")))
        elif self._inside and tag == "input" and found.get("name"):
            # A box that nobody ticked is not sent.
            if found.get("type") not in {"checkbox", "radio"} or "checked" in found:
                self.forms[-1].values[found["name"]] = found.get("value", "")
        elif self._inside and tag == "button" and found.get("id"):
            pressed = {found["name"]: found.get("value", "")} if found.get("name") else {}
            self.forms[-1].buttons[found["id"]] = pressed

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
