"""What the tests of the high profile stand on: an application of it."""

import pytest

from idp.trail import noting
from idp.trail.entry import Entry
from tests.protocol.dpop.holder import HoldingSigningPartner
from tests.protocol.high import HIGH


@pytest.fixture
def partner() -> HoldingSigningPartner:
    """Return one that authenticates by private_key_jwt and proves its key by DPoP."""
    return HoldingSigningPartner.new(**HIGH)


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch) -> list[Entry]:
    """Return what is left in the trails of applications, for their developers to read."""
    entries: list[Entry] = []
    monkeypatch.setattr(noting.writer, "put", entries.append)
    return entries
