"""What the tests of the high profile stand on: an application of it."""

import pytest

from tests.protocol.dpop.holder import HoldingSigningPartner
from tests.protocol.high import HIGH


@pytest.fixture
def partner() -> HoldingSigningPartner:
    """Return one that authenticates by private_key_jwt and proves its key by DPoP."""
    return HoldingSigningPartner.new(**HIGH)
