"""What the tests of mutual TLS stand on: an address for it."""

import pytest
from pytest_django import Settings

MTLS = "https://mtls.borough.example"


@pytest.fixture(autouse=True)
def _offered(settings: Settings) -> None:
    settings.MTLS_ADDRESS = MTLS
