"""No library is shown that no test runs."""

import pytest

from idp.portal.examples.libraries import LIBRARIES
from tests.interop.programs import PRINTING

pytestmark = pytest.mark.once


def test_every_library_that_is_shown_is_run() -> None:
    assert sorted(LIBRARIES) == sorted(PRINTING)
