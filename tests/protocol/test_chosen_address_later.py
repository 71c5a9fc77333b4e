"""Which email address a service gets is changed on the account, as a new agreement."""

import pytest

from accounts.models import Account, AuditEvent, EmailAddress
from idp.models import Consent
from tests import factories
from tests.protocol.choosing_address import MAIN, WORK, shared, told
from tests.protocol.partner import Partner
from tests.protocol.resident import Resident, main_text, path

PATH = "/account/services/hub/email"


@pytest.fixture
def work(account: Account) -> EmailAddress:
    """Return a second address of the account."""
    return factories.email_address(account, WORK, is_primary=False)


@pytest.fixture
def partner() -> Partner:
    return Partner.confidential(slug="hub", name="The Hub")


def main() -> int:
    """Return the row of the main address."""
    return int(EmailAddress.objects.get(address=MAIN).pk)


def test_another_is_chosen_as_a_new_version_of_the_agreement(
    signed_in: Resident, partner: Partner, work: EmailAddress
) -> None:
    answer = shared(signed_in, partner, email=main())
    page = signed_in.get("/account/services/hub")
    assert f'href="{PATH}"' in page.content.decode()
    assert f"Which email address {MAIN}" in main_text(page)
    back = signed_in.press(signed_in.get(PATH), "continue", email=str(work.pk))
    assert path(back) == "/account/services/hub"
    assert f"Which email address {WORK}" in main_text(back)
    assert told(partner, answer)["email"] == WORK
    former, current = Consent.objects.order_by("granted_at")
    assert (former.email, former.superseded_at is not None) == (None, True)
    assert (current.email, current.expires_at) == (work, former.expires_at)
    event = AuditEvent.objects.get(event="account:consent:changed")
    assert (event.object_id, event.actor_kind) == (str(current.pk), "resident")


def test_saving_what_is_shared_already_is_no_fact(
    signed_in: Resident, partner: Partner, work: EmailAddress
) -> None:
    shared(signed_in, partner, email=work.pk)
    signed_in.press(signed_in.get(PATH), "continue")
    assert Consent.objects.count() == 1
    assert not AuditEvent.objects.filter(event="account:consent:changed").exists()


@pytest.mark.parametrize("made_up", ["", "0", "x", "\x00", "theirs"])
def test_only_an_own_address_is_taken(
    signed_in: Resident, partner: Partner, work: EmailAddress, made_up: str
) -> None:
    shared(signed_in, partner, email=work.pk)
    theirs = EmailAddress.objects.get(account=factories.account("sam@example.org"))
    typed = str(theirs.pk) if made_up == "theirs" else made_up
    again = signed_in.press(signed_in.get(PATH), "continue", email=typed)
    assert path(again) == PATH
    assert Consent.objects.get().email == work


def test_there_is_no_page_without_a_choice(signed_in: Resident, partner: Partner) -> None:
    shared(signed_in, partner, email="")
    assert signed_in.get(PATH).status_code == 404
    assert PATH not in signed_in.get("/account/services/hub").content.decode()


@pytest.mark.usefixtures("work")
def test_nor_for_a_service_that_gets_no_address(signed_in: Resident, partner: Partner) -> None:
    shared(signed_in, partner, email="", scope="openid profile")
    assert signed_in.get(PATH).status_code == 404
    assert PATH not in signed_in.get("/account/services/hub").content.decode()


def test_nobody_changes_anothers(signed_in: Resident, partner: Partner, work: EmailAddress) -> None:
    shared(signed_in, partner, email=work.pk)
    sam, other = factories.account("sam@example.org"), Resident()
    factories.email_address(sam, "sam.work@example.org", is_primary=False)
    other.sign_in(sam)
    assert other.get(PATH).status_code == 404


def test_of_a_private_service_it_is_changed_among_the_private_ones(
    signed_in: Resident, partner: Partner, work: EmailAddress
) -> None:
    answer = shared(signed_in, partner, email=main())
    type(partner.application).objects.update(is_sensitive=True)
    private = "/account/private-services/hub/email"
    assert signed_in.get(PATH).status_code == 404
    assert f'href="{private}"' in signed_in.get("/account/private-services/hub").content.decode()
    back = signed_in.press(signed_in.get(private), "continue", email=str(work.pk))
    assert path(back) == "/account/private-services/hub"
    assert told(partner, answer)["email"] == WORK
