"""Nobody reads the receipts of another; those of private services are where these are."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.audit.actor import resident
from accounts.models import Account
from clients.models import Application
from idp.hiding import operations as hiding
from idp.models import Consent
from tests import factories
from tests.idp.receipts.reading import LIST, PRIVATE, agreement
from tests.protocol.resident import Resident, main_text, path

pytestmark = pytest.mark.django_db


class TestOthers:
    """Nobody reads another's."""

    @pytest.fixture
    def stranger(self, browser: Resident, hub: Application) -> Resident:
        del browser
        stranger = Resident()
        stranger.sign_in(factories.account("ben@example.com"))
        factories.consent(Account.objects.get(sign_in_name="ben@example.com"), hub)
        return stranger

    @pytest.mark.parametrize("part", ["", "/file"])
    def test_by_its_number(self, stranger: Resident, amara: Account, part: str) -> None:
        number = Consent.objects.get(account=amara).pk
        assert stranger.get(f"{LIST}/{number}{part}").status_code == 404

    @pytest.mark.parametrize("part", ["", "/{number}", "/{number}/file"])
    def test_by_the_name_of_a_service_that_is_not_theirs(
        self, browser: Resident, part: str
    ) -> None:
        other = factories.application(slug="other")
        factories.consent(factories.account(), other)
        number = agreement().pk
        address = f"/account/services/other/receipts{part.format(number=number)}"
        assert browser.get(address).status_code == 404

    def test_by_the_name_of_another_service_of_ones_own(
        self, browser: Resident, amara: Account
    ) -> None:
        hubs = agreement().pk
        other = factories.application(slug="other")
        factories.consent(amara, other)
        assert browser.get(f"/account/services/other/receipts/{hubs}").status_code == 404
        assert browser.get(f"/account/services/other/receipts/{hubs}/file").status_code == 404

    @pytest.mark.parametrize("part", ["", "/{number}", "/{number}/file"])
    def test_without_signing_in(self, browser: Resident, part: str) -> None:
        del browser
        page = Resident().get(LIST + part.format(number=agreement().pk))
        assert path(page) == "/sign-in"

    def test_is_told_when_the_list_starts_at_one(self, stranger: Resident, amara: Account) -> None:
        number = Consent.objects.get(account=amara).pk
        assert "Receipt:" in main_text(stranger.get(f"{LIST}?before={number}"))


@pytest.mark.parametrize("part", ["", "/{number}", "/{number}/file"])
@pytest.mark.parametrize("out_of_sight", ["marked", "hidden"])
class TestPrivate:
    """Of services that are kept out of sight."""

    @pytest.fixture(autouse=True)
    def _kept(self, browser: Resident, amara: Account, hub: Application, out_of_sight: str) -> None:
        del browser
        if out_of_sight == "marked":
            hub.is_sensitive = True
            hub.save()
        else:
            hiding.hide(account=amara, application=hub, by=resident(amara))

    def test_none_is_among_the_others(self, browser: Resident, part: str) -> None:
        assert browser.get(LIST + part.format(number=agreement().pk)).status_code == 404

    def test_each_is_behind_a_fresh_sign_in(self, browser: Resident, part: str) -> None:
        address = PRIVATE + part.format(number=agreement().pk)
        assert browser.get(address).status_code == 200
        with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
            assert path(browser.get(address)) == "/sign-in"


def test_only_the_usual_places_are_private(browser: Resident) -> None:
    for part in ("", f"/{agreement().pk}", f"/{agreement().pk}/file"):
        assert browser.get(PRIVATE + part).status_code == 404
