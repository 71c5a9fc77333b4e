"""What the tour has shown: pages and mails."""

import re
from dataclasses import dataclass
from html import unescape


@dataclass(frozen=True)
class Page:
    """One page as it was answered: its URL's name, the template that made it, and its HTML."""

    name: str
    template: str
    heading: str
    html: str
    policy: str

    @property
    def title(self) -> str:
        """What the browser's tab is called."""
        found = re.search(r"<title>(.*?)</title>", self.html, re.DOTALL)
        return " ".join(unescape(found[1]).split()) if found else ""

    @property
    def has_errors(self) -> bool:
        """Say whether it tells what is wrong with a form."""
        return "govuk-error-summary" in self.html

    def __str__(self) -> str:
        return f"{self.name} ({self.template}): {self.heading}"


@dataclass(frozen=True)
class Letter:
    """One mail: what its reader can see."""

    to: str
    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Shown:
    """All of them."""

    pages: list[Page]
    letters: list[Letter]
