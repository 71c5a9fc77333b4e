"""The services' pages in a browser: accessible by axe's rules, and no wider than a small phone."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route

from tests.demo_services.conftest import ADDRESS, Visitor

pytestmark = pytest.mark.once  # no database

OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def small_page(browser: Browser, visitor: Visitor) -> Iterator[Page]:
    """Yield a narrow page whose every request the visitor makes, without a socket."""

    def answer(route: Route) -> None:
        response = visitor.get(route.request.url)
        route.fulfill(
            status=response.status_code, headers=dict(response.headers), body=response.content
        )

    # Not the plugin's own page fixture: it rests on one that pytest 9 warns of.
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.route("**/*", answer)
    yield page
    page.close()


@pytest.mark.parametrize("path", ["/", "/callback", "/signed-out", "/privacy", "/nothing"])
def test_pages_for_anybody(small_page: Page, path: str) -> None:
    small_page.goto(ADDRESS + path)
    look(small_page)


def test_signed_in_page(small_page: Page, visitor: Visitor) -> None:
    visitor.provider.details["name"] = "Wolfeschlegelsteinhausenbergerdorff" * 3
    visitor.signs_in()
    small_page.goto(ADDRESS)
    look(small_page)


def test_page_after_refusing_to_share(small_page: Page, visitor: Visitor) -> None:
    answer = visitor.provider.refuses(
        visitor.leaves(), "access_denied", error_description="x" * 500
    )
    small_page.goto(ADDRESS + answer)
    look(small_page)


def look(page: Page) -> None:
    """Assert what every page keeps to."""
    assert page.evaluate(OVERFLOW) <= 0
    found = Axe().run(page).response["violations"]
    assert [rule["id"] for rule in found] == []
