"""What every protocol test stands on: a database, signing keys, an application."""

import pytest

from tests import factories
from tests.protocol.partner import Partner
from tests.protocol.resident import Resident


@pytest.fixture(autouse=True)
def _keys(db: None) -> None:  # noqa: ARG001 - asked for its effect
    factories.signing_keys()


@pytest.fixture
def partner() -> Partner:
    return Partner.confidential()


@pytest.fixture
def public_partner() -> Partner:
    return Partner.public()


@pytest.fixture
def resident() -> Resident:
    return Resident()
