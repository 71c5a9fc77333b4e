"""What the tour has shown: pages and mails."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """One page as it was answered: its URL's name, the template that made it, and its HTML."""

    name: str
    template: str
    heading: str
    html: str
    policy: str

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
