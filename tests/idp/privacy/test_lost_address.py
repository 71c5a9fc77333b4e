"""Pages that take an email address away say which services get none from then on."""

from typing import Any

import pytest

from accounts.audit.actor import SYSTEM
from accounts.models import Account, EmailAddress
from clients.models import Application
from idp.hiding import operations as hiding
from tests import factories
from tests.accounts.safety.guide import GUIDE, begin, email_step
from tests.accounts.safety.resident import Resident, strong
from tests.protocol.resident import main_text

pytestmark = pytest.mark.django_db
WORK = "ann.work@example.org"
LISTED = "On the list of your services these are:"
ALWAYS = "Without it, a service that you chose it for gets no email address."


@pytest.fixture
def ann() -> Resident:
    return strong("ann@example.org")


@pytest.fixture
def work(ann: Resident) -> EmailAddress:
    return factories.email_address(ann.account, WORK, is_primary=False)


def use(account: Account, name: str, **columns: Any) -> Application:
    """Let the account share with a service of this name."""
    service = factories.application(name=name, scopes=("openid", "email"))
    factories.consent(account, service, **columns)
    return service


def pages(work: EmailAddress) -> list[str]:
    return [
        f"/account/emails/{work.pk}/remove",
        f"/account/safe-contact/{email_step(work.account, WORK)}",
        f"{GUIDE}/{email_step(work.account, WORK)}",
    ]


@pytest.fixture(params=[0, 1, 2], ids=["removing", "marking", "the guide"])
def asking(request: pytest.FixtureRequest, ann: Resident, work: EmailAddress) -> str:
    begin(ann)
    return pages(work)[int(request.param)]


def test_each_service_that_it_was_chosen_for_is_named(
    ann: Resident, work: EmailAddress, asking: str
) -> None:
    use(ann.account, "Allotments", email=work)
    use(ann.account, "Library")
    use(ann.account, "Parking", email=work, scopes=["openid"], claims=[])
    text = main_text(ann.get(asking))
    assert ALWAYS in text
    assert "Allotments" in text.partition(LISTED)[2]
    assert "Library" not in text
    assert "Parking" not in text


def test_one_that_is_kept_out_of_sight_leaves_the_page_as_it_is(
    ann: Resident, work: EmailAddress, asking: str
) -> None:
    before = main_text(ann.get(asking))
    refuge = use(ann.account, "Refuge", email=work)
    Application.objects.filter(pk=refuge.pk).update(is_sensitive=True)
    clinic = use(ann.account, "Clinic", email=work)
    hiding.hide(account=ann.account, application=clinic, by=SYSTEM)
    assert main_text(ann.get(asking)) == before
    assert ALWAYS in before
    assert LISTED not in before


def test_of_the_main_one_it_is_said_what_comes_in_its_place(
    ann: Resident, work: EmailAddress
) -> None:
    del work
    main = email_step(ann.account, "ann@example.org")
    text = main_text(ann.get(f"/account/safe-contact/{main}"))
    assert "Services that get your main address get another one that is safe instead." in text
    begin(ann)
    assert "It is your main address." in main_text(ann.get(f"{GUIDE}/{main}"))


def test_a_main_one_that_was_chosen_before_it_was_that_names_who_gets_it(ann: Resident) -> None:
    main = EmailAddress.objects.get(account=ann.account)
    use(ann.account, "Allotments", email=main)
    text = main_text(ann.get("/account/emails/change"))
    assert "Services that get your main address get the new one." in text
    assert "Allotments" in text.partition(LISTED)[2]


def test_what_was_ended_is_not_spoken_of(ann: Resident, work: EmailAddress) -> None:
    ended = use(ann.account, "Allotments", email=work)
    ended.consents.update(withdrawn_at=ended.consents.get().granted_at)
    assert "Allotments" not in main_text(ann.get(pages(work)[0]))
