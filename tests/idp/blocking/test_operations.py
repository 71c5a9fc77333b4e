"""Blocking a service or an organisation, and lifting it."""

import pytest

from accounts.audit.actor import resident
from accounts.models import Account, AuditEvent
from accounts.signals import account_joined
from clients.models import Application, Organisation
from idp.blocking import operations as blocking
from idp.consent.queries import is_blocked
from idp.models import Block, Consent
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def amara() -> Account:
    return factories.account("amara@example.com")


@pytest.fixture
def trust() -> Organisation:
    return factories.organisation(name="Riverside Trust")


@pytest.fixture
def choir(trust: Organisation) -> Application:
    return factories.application(name="Evening Choir", of=trust)


def block(account: Account, application: Application) -> None:
    blocking.block_application(account=account, application=application, by=resident(account))


def block_all(account: Account, organisation: Organisation) -> None:
    blocking.block_organisation(account=account, organisation=organisation, by=resident(account))


def events() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("event", flat=True))


def ended(consent: Consent) -> bool:
    consent.refresh_from_db()
    return consent.withdrawn_at is not None


def test_a_blocked_service_is_blocked_for_this_account_alone(
    amara: Account, choir: Application, trust: Organisation
) -> None:
    block(amara, choir)
    assert is_blocked(amara, choir)
    assert not is_blocked(factories.account(), choir)
    assert not is_blocked(amara, factories.application(of=trust))


def test_blocking_ends_the_agreement_once_and_records_both(
    amara: Account, choir: Application
) -> None:
    consent = factories.consent(amara, choir)
    block(amara, choir)
    block(amara, choir)
    assert ended(consent)
    assert events() == ["account:service:blocked", "account:consent:withdrawn"]
    assert Block.objects.count() == 1


def test_an_organisation_is_blocked_with_all_that_it_has_and_will_have(
    amara: Account, trust: Organisation, choir: Application
) -> None:
    consents = [
        factories.consent(amara, choir),
        factories.consent(amara, factories.application(of=trust)),
    ]
    kept = factories.consent(amara, factories.application())
    block_all(amara, trust)
    assert [ended(consent) for consent in consents] == [True, True]
    assert not ended(kept)
    assert is_blocked(amara, factories.application(of=trust))
    assert events().count("account:organisation:blocked") == 1


def test_the_council_is_blocked_as_a_whole_like_anybody_else(amara: Account) -> None:
    council = factories.organisation(is_council=True)
    consent = factories.consent(amara, factories.application(of=council))
    kept = factories.consent(amara, factories.application())
    block_all(amara, council)
    assert (ended(consent), ended(kept)) == (True, False)
    assert is_blocked(amara, factories.application(of=council))
    amara.refresh_from_db()
    assert amara.is_active


def test_unblocking_lets_the_service_ask_again_and_shares_nothing_by_itself(
    amara: Account, choir: Application
) -> None:
    consent = factories.consent(amara, choir)
    block(amara, choir)
    by = resident(amara)
    for _click in range(2):
        blocking.unblock_application(account=amara, application=choir, by=by)
    assert not is_blocked(amara, choir)
    assert ended(consent)
    assert events()[-1] == "account:service:unblocked"
    assert events().count("account:service:unblocked") == 1


def test_unblocking_an_organisation_keeps_what_was_blocked_by_itself(
    amara: Account, trust: Organisation, choir: Application
) -> None:
    block(amara, choir)
    block_all(amara, trust)
    for _click in range(2):
        blocking.unblock_organisation(account=amara, organisation=trust, by=resident(amara))
    assert is_blocked(amara, choir)
    assert not is_blocked(amara, factories.application(of=trust))
    assert events().count("account:organisation:unblocked") == 1


def test_nobody_lifts_anothers_block(amara: Account, choir: Application) -> None:
    block(amara, choir)
    block_all(amara, choir.organisation)
    ben = factories.account()
    blocking.unblock_application(account=ben, application=choir, by=resident(ben))
    blocking.unblock_organisation(account=ben, organisation=choir.organisation, by=resident(ben))
    assert Block.objects.count() == 2


def test_what_one_of_two_joined_accounts_blocked_stays_blocked(
    amara: Account, trust: Organisation, choir: Application
) -> None:
    other = factories.account()
    elsewhere = factories.application()
    block(other, elsewhere)
    block_all(other, trust)
    account_joined.send(Account, closed=other, kept=amara)
    assert is_blocked(amara, choir)
    assert is_blocked(amara, elsewhere)


def test_joining_ends_nothing_that_the_account_that_stays_shares(
    amara: Account, trust: Organisation, choir: Application
) -> None:
    other, elsewhere = factories.account(), factories.application()
    shared = [factories.consent(amara, choir), factories.consent(amara, elsewhere)]
    block_all(other, trust)
    block(other, elsewhere)
    account_joined.send(Account, closed=other, kept=amara)
    assert [ended(consent) for consent in shared] == [False, False]
    assert not Block.objects.filter(account=amara).exists()
