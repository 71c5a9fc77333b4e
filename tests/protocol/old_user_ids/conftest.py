"""A resident, an id that waits for them, and their token."""

import pytest

from accounts.models import Account
from idp.models import OldUserId
from tests import factories
from tests.protocol.old_user_ids.asking import ID
from tests.protocol.partner import Partner


@pytest.fixture
def ann() -> Account:
    return factories.account("ann@example.org")


@pytest.fixture
def waiting(partner: Partner) -> OldUserId:
    return factories.old_user_id(partner.application, ID)


@pytest.fixture
def token(partner: Partner, ann: Account) -> str:
    return str(partner.tokens(account=ann)["access_token"])
