"""No library is shown that no test runs."""

from pathlib import Path

import pytest

from idp.portal.examples.libraries import LIBRARIES
from tests.interop.programs import PRINTING

pytestmark = pytest.mark.once


def test_every_library_that_is_shown_is_run() -> None:
    """Those that do not print have a module of tests each, named after them."""
    modules = {file.stem.removeprefix("test_") for file in Path(__file__).parent.glob("test_*.py")}
    assert all(key in PRINTING or key.replace("-", "_") in modules for key in LIBRARIES)
    assert set(PRINTING) <= LIBRARIES.keys()
