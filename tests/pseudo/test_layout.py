"""Every page, with words two fifths longer, can be read on a small screen and with large text."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ViewportSize
from playwright.sync_api import Page as Tab

from tests.journeys.visitor import RULES
from tests.pseudo.names import names
from tests.pseudo.reading import FOR_PROGRAMMERS, plain_english
from tests.pseudo.serving import serving
from tests.pseudo.shown import Page, Shown

# What cannot be read, by page.
Faults = dict[str, list[str]]

pytestmark = [pytest.mark.once]

SMALL, LARGE = ViewportSize(width=320, height=640), ViewportSize(width=1280, height=900)
FAULTS = Path(__file__).with_name("layout_faults.js").read_text(encoding="utf-8")
# WCAG 2.2 success criterion 1.4.4: text twice as large.
TWICE = "() => { document.documentElement.style.fontSize = '200%'; }"
# 1.4.12: what somebody may set who reads more easily so.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * {
      line-height: 1.5 !important;
      letter-spacing: .12em !important;
      word-spacing: .16em !important;
    }
    p { margin-bottom: 2em !important }
  `);
  document.documentElement.style.fontSize = "";
  document.adoptedStyleSheets = [sheet];
}"""
# One page in so many, in the order of their names: each is looked at in English by a journey.
SAMPLE = 16


@dataclass
class Screen:
    """A browser's tab and the album's pages, served as the provider serves them."""

    tab: Tab
    shown: Shown
    address: str

    def show(self, page: Page) -> None:
        """Show the page with its style sheets and scripts."""
        self.tab.goto(f"{self.address}/album/{self.shown.pages.index(page)}")

    def faults(self) -> list[str]:
        """Say in words what cannot be read on it."""
        found: list[str] = self.tab.evaluate(FAULTS)
        return found


@pytest.fixture(scope="module")
def screen(shown: Shown, browser: Browser) -> Iterator[Screen]:
    with serving(shown) as address:
        context = browser.new_context(viewport=SMALL, locale="en-GB")
        yield Screen(context.new_page(), shown, address)
        context.close()


@pytest.fixture(scope="module")
def faults(screen: Screen) -> dict[str, Faults]:
    """Return what cannot be read: on a small screen, and in two ways on a large one."""
    found: dict[str, Faults] = defaultdict(dict)
    for page in screen.shown.pages:
        screen.tab.set_viewport_size(SMALL)
        screen.show(page)
        found["small"][str(page)] = screen.faults()
        screen.tab.set_viewport_size(LARGE)
        for name, wish in (("twice", TWICE), ("spaced", SPACED)):
            screen.tab.evaluate(wish)
            found[name][str(page)] = screen.faults()
    return found


def _only(found: Faults) -> Faults:
    return {page: faults for page, faults in found.items() if faults}


def test_no_page_is_cut_off_or_scrolls_sideways_on_a_small_screen(
    faults: dict[str, Faults],
) -> None:
    assert _only(faults["small"]) == {}


def test_no_page_is_cut_off_with_text_twice_as_large(faults: dict[str, Faults]) -> None:
    assert _only(faults["twice"]) == {}


def test_no_page_is_cut_off_with_wider_spaced_text(faults: dict[str, Faults]) -> None:
    assert _only(faults["spaced"]) == {}


def test_a_sample_of_pages_breaks_no_rule_of_axe(screen: Screen) -> None:
    screen.tab.set_viewport_size(SMALL)
    for page in screen.shown.pages[::SAMPLE]:
        screen.show(page)
        result = Axe().run(screen.tab, options=RULES)
        assert result.violations_count == 0, f"{page}\n{result.generate_report()}"


def test_what_scripts_add_to_a_page_is_translated_too(screen: Screen) -> None:
    for page in screen.shown.pages[::SAMPLE]:
        if page.name not in FOR_PROGRAMMERS:
            screen.show(page)
            assert plain_english(screen.tab.content(), names=names()) == []


FAULTY = {
    "scrolls sideways": "<main><p style='width: 400px'>Wide</p></main>",
    "leaves the screen": "<main><p style='margin-left: 300px'>Pushedoutofsight</p></main>",
    "leaves its p.": "<main><p style='width: 40px'>Toolongforitsbox</p></main>",
    "cuts off": "<main><p style='width: 40px; overflow: hidden'>Cutoffattheedge</p></main>",
    "leaves its button": "<button style='height: 20px; width: 90px'>One two three</button>",
    "lies on": "<main><p style='margin: 0'>Under</p><p style='margin: -1em 0 0'>Above</p></main>",
}


@pytest.mark.parametrize("words, html", FAULTY.items(), ids=list(FAULTY))
def test_each_fault_would_be_seen(browser: Browser, words: str, html: str) -> None:
    context = browser.new_context(viewport=SMALL)
    tab = context.new_page()
    tab.set_content(f"<body>{html}</body>")
    found: list[str] = tab.evaluate(FAULTS)
    context.close()
    assert re.search(words, " ".join(found)), found
