"""Trying a service out: test residents, and the pages that they see."""

from accounts.audit.actor import SYSTEM
from accounts.models import Account, PostalAddress
from clients.models import Member
from clients.test_residents import operations
from tests import factories
from tests.clients.colleague import member
from tests.protocol.resident import Resident
from tests.pseudo.looking import look
from tests.pseudo.tour.people import NAME


def test_residents() -> None:
    whose = factories.organisation(name="Ťŕúšť")
    address = f"/organisations/{whose.slug}/test-residents"
    _row, viewer = member(Member.Role.VIEWER, of=whose)
    _row, developer = member(Member.Role.DEVELOPER, of=whose)
    Account.objects.update(full_name=NAME)
    look(viewer.client, address)
    residents = operations.make_all(organisation=whose, by=SYSTEM)
    Account.objects.filter(test_group=whose.pk).update(full_name="Ɱáŷá", former_name="Ɱáŷá")
    PostalAddress.objects.update(lines="Ťéšť", postcode="ŽŽ")
    look(viewer.client, address)
    look(developer.client, address)
    for resident in residents:
        page = f"{address}/{resident.pk}"
        look(developer.client, page, f"{page}?done=renewed", f"{page}?done=put-back")


def signing_in_to_a_sandbox_application() -> None:
    application = factories.sandbox(of=factories.organisation(name="Ťŕúšť"), name="Ťáẋ")
    application.scopes.update(purpose="Ťő ƒíńď ẏőú")
    made_up = factories.test_resident(application.organisation, password=factories.PASSWORD)
    browser = Resident()
    browser.password(browser.ask(application), made_up)


PARTS = (test_residents, signing_in_to_a_sandbox_application)
