"""Browsers of a real resident and of a test resident."""

import pytest

from tests import factories
from tests.factories import PASSWORD
from tests.protocol.resident import Resident
from tests.protocol.sandbox.cast import Cast


@pytest.fixture
def cast() -> Cast:
    trust = factories.organisation(name="Riverside Trust")
    return Cast(
        trust,
        factories.sandbox(of=trust),
        factories.application(of=trust),
        factories.test_resident(trust, password=PASSWORD),
        factories.account("ann@example.org", password=PASSWORD),
        factories.test_resident(factories.organisation(), password=PASSWORD),
    )


@pytest.fixture
def ann(cast: Cast) -> Resident:
    browser = Resident()
    browser.sign_in(cast.ann)
    return browser


@pytest.fixture
def maya(cast: Cast) -> Resident:
    browser = Resident()
    browser.sign_in(cast.maya)
    return browser
