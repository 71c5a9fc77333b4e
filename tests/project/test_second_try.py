"""A browser that lost a race tries once more; a broken rule fails at the first time."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.environment import ROOT

_FAILING = """
from pathlib import Path

import pytest
from playwright.sync_api import Error, TimeoutError

@pytest.mark.browser
def test_that_fails():
    with Path({tries!r}).open("a") as tries:
        tries.write("x")
    raise {error}
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "error, times",
    [
        ("Error('Page.goto: net::ERR_ABORTED at http://localhost/sign-in')", 2),
        ("TimeoutError('Page.click: Timeout 30000ms exceeded.')", 2),
        ("Error('Page.goto: net::ERR_CONNECTION_REFUSED at http://localhost/sign-in')", 1),
        ("AssertionError('the page scrolls sideways')", 1),
    ],
)
def test_only_a_lost_race_is_tried_again_and_the_summary_tells(
    error: str, times: int, tmp_path: Path
) -> None:
    tries, test = tmp_path / "tries", tmp_path / "test_that_fails.py"
    test.write_text(_FAILING.format(error=error, tries=str(tries)))
    settings = ["-c", "pyproject.toml", "--rootdir", ".", "--output", str(tmp_path / "results")]
    command = [sys.executable, "-m", "pytest", *settings, "-p", "tests.conftest", str(test)]

    ended = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)

    assert tries.read_text() == "x" * times
    assert ended.returncode == 1
    assert ("1 rerun" in ended.stdout) == (times == 2), ended.stdout
