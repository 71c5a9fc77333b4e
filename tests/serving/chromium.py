"""Browser tests run in the machine's own Chromium; where it is missing they say what to install."""

import os
import shutil
from typing import Any

import pytest

PACKAGE = "chromium"
# The first is the same engine without windows, and takes half the processor time.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# It calls its maker's hosts at every start otherwise, which a closed network refuses one by one.
_QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


def _executable() -> str | None:
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a browser test by name where there is no browser; fail it where CI must have one."""
    if item.get_closest_marker("browser") and _executable() is None:
        reason = f"Chromium is missing: apt-get install {PACKAGE}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the machine's Chromium; its sandbox does not work for root."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    options = {"executable_path": _executable(), "args": [*_QUIET, *sandbox]}
    return browser_type_launch_args | options


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Browse as a resident of the borough does."""
    return browser_context_args | {"locale": "en-GB", "timezone_id": "Europe/London"}
