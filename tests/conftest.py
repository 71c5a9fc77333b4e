"""What every test shares: order, marks that follow from fixtures, Chromium, the served provider."""

import gc
import signal
import time
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.serving.chromium", "tests.serving.fixtures", "tests.interop.public"]

# fixture -> the mark of tests that use it
_MARKS = {
    "playwright": "browser",
    "conforming": "served",
    "ledger": "browser",
    "served": "served",
    "served_in_time": "served",
}

# A page that goes on by itself may do so while the test goes elsewhere: the browser then gives up
# the navigation, which no test can prevent on a busy machine. Such a test is run once more, and the
# summary names it (RERUN). What a test asserts is no such error: it fails at the first time.
_BROWSER_LOST_A_RACE = r"^(Error: Page\.goto: net::ERR_ABORTED|TimeoutError: )"

# How long an example takes says how busy the machine is, not whether the rule holds.
settings.register_profile("rules", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("rules")


@pytest.fixture(autouse=True)
def council_known() -> None:
    """Let this process have looked just now what was published of the council: nothing."""
    from accounts.council.memory import Found, memory  # noqa: PLC0415 - needs Django set up

    memory.found = Found(0, {}, time.monotonic())


def pytest_sessionstart() -> None:
    """Let a termination run the fixtures' clean-up, as Ctrl-C does; put off collecting garbage."""
    gc.disable()
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None, None, None]:
    """Mark tests by what they use; put the quick ones first and browsers last."""
    for item in items:
        for fixture in _MARKS.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(_MARKS[fixture])
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=[_BROWSER_LOST_A_RACE]))
    yield  # plugins select by mark, and sort by kind of database
    items.sort(key=_weight)


def pytest_collection_finish() -> None:
    """Collect garbage again, but rarely, and pass over what stays for the whole run.

    Walked through at Python's usual pace, modules and thousands of tests cost a tenth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    gc.enable()


def _weight(item: pytest.Item) -> int:
    """Playwright leaves an event loop in this thread, in which Django refuses its database."""
    if item.get_closest_marker("browser"):
        return 2
    return 1 if item.get_closest_marker("served") else 0
