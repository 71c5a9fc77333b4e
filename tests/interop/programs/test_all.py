"""No library is shown that no test runs."""

from pathlib import Path

import pytest

from idp.portal.examples.libraries import LIBRARIES
from tests.interop.programs import FAPI, FAPI_SERVICES, PRINTING, SERVICES, SITES

pytestmark = pytest.mark.once


def test_every_library_that_is_shown_is_run() -> None:
    """Those of no group have a module of tests each, named after them."""
    modules = {file.stem.removeprefix("test_") for file in Path(__file__).parent.glob("test_*.py")}
    groups = {*PRINTING, *SITES, *SERVICES, *FAPI, *FAPI_SERVICES}
    assert all(key in groups or key.replace("-", "_") in modules for key in LIBRARIES)
    assert groups <= LIBRARIES.keys()
