"""Browsers for journeys, and the rule that no page escapes them."""

from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.journeys.ledger import Ledger
from tests.journeys.visitor import Visitor
from tests.runner import beside
from tests.serving.council import Council, standing
from tests.serving.provider import Prepared, Served

WIDE = ViewportSize(width=1280, height=900)
NARROW = ViewportSize(width=320, height=640)

# Long enough for the first page of a provider that was just started on a busy machine.
PATIENCE = 30_000  # milliseconds
expect.set_options(timeout=PATIENCE)

NewVisitor = Callable[..., Visitor]


@pytest.fixture(scope="session")
def ledger(pytestconfig: pytest.Config) -> Ledger:
    """Return the pages that this run's journeys have shown."""
    # Both databases' pages are the same bytes: of two runs side by side one asks axe.
    return Ledger(asks_axe=not beside.is_on_sqlite(pytestconfig))


@pytest.fixture
def new_visitor(browser: Browser, served: Served, ledger: Ledger) -> Iterator[NewVisitor]:
    """Yield a maker of visitors, each with an empty browser of their own."""
    with _maker_of_visitors(browser, served, ledger) as make:
        yield make


@pytest.fixture
def new_visitor_in_time(
    browser: Browser, served_in_time: Served, ledger: Ledger
) -> Iterator[NewVisitor]:
    """Yield the same for the provider whose clock can be put forward."""
    with _maker_of_visitors(browser, served_in_time, ledger) as make:
        yield make


@pytest.fixture(scope="session")
def council(tmp_path_factory: pytest.TempPathFactory, prepared: Prepared) -> Iterator[Council]:
    """Yield a provider whose staff come by another one, the council's directory."""
    with standing(tmp_path_factory.mktemp("council"), prepared) as both:
        yield both


@pytest.fixture
def new_visitor_of_council(
    browser: Browser, council: Council, ledger: Ledger
) -> Iterator[NewVisitor]:
    """Yield the same for the provider that has a directory of staff."""
    with _maker_of_visitors(browser, council.login, ledger) as make:
        yield make


@contextmanager
def _maker_of_visitors(browser: Browser, served: Served, ledger: Ledger) -> Iterator[NewVisitor]:
    with ExitStack() as opened:

        def make(*, narrow: bool = False, keyboard: bool = False, scripts: bool = True) -> Visitor:
            context = browser.new_context(
                viewport=NARROW if narrow else WIDE,
                java_script_enabled=scripts,
                locale="en-GB",
                timezone_id="Europe/London",
            )
            # A page left open goes on asking and drawing beside every later journey.
            opened.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            return Visitor(page, served.issuer, ledger, keyboard=keyboard, scripts=scripts)

        yield make


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Say beside a failure what each browser showed at that moment."""
    report = yield
    if report.failed and call.when == "call" and isinstance(item, pytest.Function):
        browser = item.funcargs.get("browser")
        contexts = browser.contexts if isinstance(browser, Browser) else []
        for page in (page for context in contexts for page in context.pages):
            report.sections.append((page.url, page.locator("body").inner_text()))
    return report


def pytest_itemcollected(item: pytest.Item) -> None:
    """Leave all journeys but the first sign-in to one of two runs side by side.

    What they show is the same on every database, and what each database does is tested below them,
    by request and by unit.
    """
    if item.path.name != "test_first_sign_in.py":
        item.add_marker(pytest.mark.once("postgresql"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the look back at all pages after every journey; leave it out of a run of some."""
    last = [item for item in items if item.name == "test_no_page_escaped"]
    rest = [item for item in items if item not in last]
    chosen = config.option.keyword or config.option.markexpr
    if chosen or config.args != config.getini("testpaths"):
        config.hook.pytest_deselected(items=last)
        last = []
    items[:] = rest + last
