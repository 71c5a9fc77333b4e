"""A person at a browser, who finds things only by their role and accessible name."""

import re
from dataclasses import dataclass, field
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.journeys.ledger import Ledger

Button = Literal["button", "link"]
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
# What can be answered wrongly: a box that offers a choice may be left as it is, and of one's email
# addresses one is chosen from the start.
_NO_ERRORS = "[type=hidden], [name=choice], [type=radio][name=email]"
_ASKS = f"main form :is(input:not({_NO_ERRORS}), select, textarea)"
_FOCUSED = "element => element === document.activeElement"
_MOST_TABS = 60
_FOCUS = "() => document.activeElement?.className || document.activeElement?.tagName"
_OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Seen:
    """One page of the provider as it was shown."""

    url: str
    title: str
    heading: str
    words: int


@dataclass
class Visitor:
    """A person at a browser. Every page that an act leads to is looked at before the next act.

    Axe looks at what it has not seen the like of. With `keyboard` nothing is clicked: things are
    reached by Tab alone. Without `scripts` axe and focus are left out, because neither can be
    asked there.
    """

    page: Page
    issuer: str
    ledger: Ledger
    keyboard: bool = False
    scripts: bool = True
    seen: list[Seen] = field(default_factory=list)
    typed: int = 0

    def open(self, url: str) -> None:
        """Go to an address."""
        self.page.goto(url)
        self._look()

    def look_again(self) -> None:
        """Look at the page once more, after something has opened on it."""
        self._look()

    def press(self, name: str, kind: Button = "button") -> None:
        """Press the button or follow the link of this name, and look at where it leads."""
        self._press(self.page.get_by_role(kind, name=name, exact=True))

    def follow(self, beginning: str) -> None:
        """Follow the one link whose name begins so, and ends in what tells it from its like."""
        self._press(self._begun(beginning))

    def follow_first(self, beginning: str) -> None:
        """Follow the first of several such links."""
        self._press(self._begun(beginning).first)

    def choose(self, name: str) -> None:
        """Choose the radio button of this name."""
        control = self.page.get_by_role("radio", name=name, exact=True)
        if not self.keyboard:
            control.check()
            return
        # Tab leads to one of a group alone, the arrows from there to the others.
        self._reach(control, "element => element.name === document.activeElement.name")
        self._reach(control, key="ArrowDown")
        self.page.keyboard.press("Space")

    def leave_unanswered(self, name: str) -> None:
        """Take back the choice that a page came with, as no click can."""
        control = self.page.get_by_role("radio", name=name, exact=True)
        control.evaluate("radio => { radio.checked = false; }")

    def fill(self, name: str, value: str, *, mailed: bool = False) -> None:
        """Type into the field of this name; a mailed code does not count as typed."""
        control = self.page.get_by_label(name, exact=True)
        self.typed += not mailed
        if not self.keyboard:
            control.fill(value)
            return
        self._reach(control)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(value)

    def expect_page(self, title: str, heading: str) -> None:
        """Assert the title (before the service's name), the one h1, and where focus is."""
        self.expect_heading(heading)
        assert self.page.title().startswith(f"{title} – "), self.page.title()
        if self.scripts:
            errors = self.page.title().startswith("Error: ")
            focus = "govuk-error-summary" if errors else "BODY"
            assert focus in self.page.evaluate(_FOCUS) or self._autofocused(focus)

    def expect_heading(self, heading: str) -> None:
        """Assert the one h1, whoever's page it is."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def on_provider(self) -> bool:
        """Say whether the page shown is one of the provider's."""
        return self.page.url.startswith(self.issuer)

    def wait_for_heading(self, heading: str) -> None:
        """Wait until a page goes on by itself, and look at the one it led to."""
        title = self.page.get_by_role("heading", level=1, name=heading)
        expect(title).to_be_visible()
        self._look()

    def _begun(self, beginning: str) -> Locator:
        return self.page.get_by_role("link", name=re.compile(f"^{re.escape(beginning)}"))

    def _autofocused(self, wanted: str) -> bool:
        return wanted == "BODY" and "govuk-template__body" in self.page.evaluate(_FOCUS)

    def _press(self, control: Locator) -> None:
        with self.page.expect_navigation(wait_until="load"):
            self._activate(control)
        self._look()

    def _activate(self, control: Locator) -> None:
        if self.keyboard:
            self._reach(control)
            self.page.keyboard.press("Enter")
        else:
            control.click()

    def _reach(self, control: Locator, there: str = _FOCUSED, *, key: str = "Tab") -> None:
        expect(control).to_be_visible()
        for _press in range(_MOST_TABS):
            if control.evaluate(there):
                return
            self.page.keyboard.press(key)
        message = f"{control} cannot be reached by keyboard"
        raise AssertionError(message)

    def _look(self) -> None:
        if not self.on_provider():
            return
        errors = self.page.title().startswith("Error: ")
        asks = self.page.locator(_ASKS)
        self.ledger.note(self.page.url, errors=errors, asks=asks.count() > 0)
        main = self.page.get_by_role("main").inner_text()
        heading = self.page.get_by_role("heading", level=1).inner_text()
        self.seen.append(Seen(self.page.url, self.page.title(), heading, len(main.split())))
        if self.scripts:
            self._assert_accessible()

    def _assert_accessible(self) -> None:
        assert self.page.evaluate(_OVERFLOW) <= 0, f"{self.page.url} scrolls sideways"
        width = self.page.viewport_size["width"] if self.page.viewport_size else 0
        if self.ledger.is_for_axe(width, self.page.content()):
            result = Axe().run(self.page, options=RULES)
            assert result.violations_count == 0, f"{self.page.url}\n{result.generate_report()}"
