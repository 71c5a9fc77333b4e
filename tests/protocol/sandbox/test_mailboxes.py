"""A made-up person with a real one's email address takes nothing from them, nor learns of them."""

import pytest

from accounts.models import Account
from accounts.profile.emails.queries import shares_mailbox
from accounts.recovery.queries import is_shared
from clients.models import Application
from tests import factories
from tests.protocol.partner import Partner, body
from tests.protocol.sandbox.cast import Cast

ANN = "ann@example.org"


@pytest.fixture(autouse=True)
def twin(cast: Cast) -> Account:
    """Return a test resident whom an operator made with this address."""
    group = cast.trust.pk
    return factories.account(ANN, sign_in_name="twin", is_test=True, test_group=group)


def _told(application: Application, account: Account) -> object:
    partner = Partner(application, factories.client_secret(application))
    token = partner.tokens(account=account)["access_token"]
    answer = body(partner.userinfo(token))
    return answer["email"], answer["email_verified"]


def test_services_are_told_of_each_that_the_address_is_confirmed(cast: Cast, twin: Account) -> None:
    assert _told(cast.live, cast.ann) == (ANN, True)
    assert _told(cast.sandbox, twin) == (ANN, True)


def test_the_real_one_may_choose_a_new_password_by_mail_and_is_warned_of_nobody(
    cast: Cast, twin: Account
) -> None:
    assert not is_shared(ANN)
    assert not shares_mailbox(cast.ann)
    assert not shares_mailbox(twin)
    factories.account(ANN, sign_in_name="ben")
    assert is_shared(ANN)
    assert shares_mailbox(cast.ann)
