"""A visitor reads the help pages and meets an error page, wide by mouse and narrow by keyboard."""

import re

import pytest
from playwright.sync_api import ConsoleMessage, expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor

PAGES = {
    "Contact": "Contact us",
    "Accessibility": "Accessibility statement for Borough Login",
    "Privacy": "How we use what we know about you",
    "Cookies": "Cookies",
}
widths = pytest.mark.parametrize("narrow", [True, False], ids=["320px", "1280px"])


def listen(visitor: Visitor) -> list[str]:
    """Return a list that grows with whatever the browser complains of."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # An error page's own status is noted in the console, and is no fault of the page.
        if "the server responded with a status" not in message.text:
            complaints.append(message.text)

    visitor.page.on("console", note)
    visitor.page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


@widths
def test_every_footer_link_leads_to_its_page(new_visitor: NewVisitor, *, narrow: bool) -> None:
    visitor = new_visitor(narrow=narrow, keyboard=narrow)
    complaints = listen(visitor)
    visitor.open(f"{visitor.issuer}/help/contact")
    for link, heading in PAGES.items():
        visitor.press(link, kind="link")
        visitor.expect_page(heading, heading)
    assert complaints == []


@widths
def test_an_unknown_address_leads_to_a_page_that_helps(
    new_visitor: NewVisitor, *, narrow: bool
) -> None:
    visitor = new_visitor(narrow=narrow)
    complaints = listen(visitor)
    visitor.open(f"{visitor.issuer}/nothing-here")
    visitor.expect_page("Page not found", "Page not found")
    expect(visitor.page.get_by_role("main")).to_contain_text(re.compile("[A-Z0-9]{4}-[A-Z0-9]{4}"))
    visitor.press("Other ways to reach us", kind="link")
    visitor.expect_page("Contact us", "Contact us")
    assert complaints == []


def test_the_first_tab_skips_to_the_content(new_visitor: NewVisitor) -> None:
    visitor = new_visitor()
    visitor.open(f"{visitor.issuer}/help/cookies")
    visitor.page.keyboard.press("Tab")
    link = visitor.page.get_by_role("link", name="Skip to main content")
    expect(link).to_be_focused()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.get_by_role("main")).to_be_focused()


def test_the_pages_read_the_same_without_scripts(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(scripts=False)
    for link, heading in PAGES.items():
        visitor.open(f"{visitor.issuer}/help/{link.lower()}")
        visitor.expect_page(heading, heading)
