"""What the tests of DPoP stand on: an application with a secret that proves to hold its key."""

import pytest

from tests.protocol.dpop.holder import HoldingPartner


@pytest.fixture
def partner() -> HoldingPartner:
    return HoldingPartner.confidential()


@pytest.fixture
def public_partner() -> HoldingPartner:
    return HoldingPartner.public()
