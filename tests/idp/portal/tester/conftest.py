"""A developer, and the application that they try."""

import pytest

from clients.models import Application, Member
from tests import factories
from tests.clients.partner import Partner


@pytest.fixture
def partner() -> Partner:
    factories.signing_keys()
    return Partner(Member.Role.DEVELOPER)


@pytest.fixture
def application(partner: Partner) -> Application:
    return partner.sandbox()
