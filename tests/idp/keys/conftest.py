"""What every test of keys stands on: key pairs that were made once."""

import pytest

from idp.keys import operations
from tests import factories


@pytest.fixture(autouse=True)
def _made_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "generate", factories.made_before())
