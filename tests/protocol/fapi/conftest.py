"""The applications of the plans: one by private_key_jwt and DPoP, one by mutual TLS for both."""

import pytest
from pytest_django import Settings

from tests.protocol.dpop.holder import HoldingSigningPartner
from tests.protocol.fapi.applications import by_certificate, by_key
from tests.protocol.mtls.badges import BadgePartner
from tests.protocol.mtls.conftest import MTLS


@pytest.fixture(autouse=True)
def _offered(settings: Settings) -> None:
    settings.MTLS_ADDRESS = MTLS


@pytest.fixture
def partner() -> HoldingSigningPartner:
    """Return what the modules of DPoP and of assertions are for."""
    return by_key()


@pytest.fixture(params=[by_key, by_certificate])
def either(request: pytest.FixtureRequest) -> HoldingSigningPartner | BadgePartner:
    """Return what all other modules are for, one after the other."""
    made: HoldingSigningPartner | BadgePartner = request.param()
    return made


@pytest.fixture
def signing() -> HoldingSigningPartner:
    """Return one of the plan for message signing."""
    return by_key(requires_signed_requests=True)
