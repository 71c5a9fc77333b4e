"""Every address of an organisation's pages, opened by every role and by whoever has none."""

import pytest

from accounts.assurance import Method
from accounts.audit.events import Event
from accounts.models import AuditEvent
from clients.models import Application, ClientSecret, Member, Organisation, Submission
from clients.organisations.members.rules import Permission, may
from tests import factories
from tests.clients.colleague import Colleague, member
from tests.project.organisation_pages import PAGES, address, permission, places

pytestmark = [pytest.mark.django_db, pytest.mark.once]

every_page = pytest.mark.parametrize("name", PAGES)


def _refusals(organisation: Organisation) -> int:
    rows = AuditEvent.objects.filter(event=Event.ORGANISATION_ACCESS_REFUSED)
    return rows.filter(organisation_id=organisation.pk).count()


def test_there_are_pages_to_try() -> None:
    assert len(PAGES) >= 10


@every_page
def test_a_page_of_an_organisation_names_it(name: str) -> None:
    assert "organisation" in places(name)


@every_page
@pytest.mark.parametrize("role", Member.Role)
def test_a_member_enters_exactly_what_their_role_may(name: str, role: Member.Role) -> None:
    row, colleague = member(role)
    of = row.organisation
    page, is_known = address(name, of, with_things_of=of)
    if may(role, permission(name)):
        status = colleague.get(page).status_code
        assert status != 403
        assert status != 404 or not is_known
        assert _refusals(of) == 0 or not is_known
        return
    for answer in (colleague.get(page), colleague.post(page)):
        assert answer.status_code == 403
    assert _refusals(of) == 2


@every_page
def test_nobody_else_learns_that_the_page_is_there(name: str) -> None:
    owner, _ = member()
    of = owner.organisation
    page, _ = address(name, of, with_things_of=of)
    gone, former = member(of=of)
    gone.delete()
    for stranger in (former, member()[1], Colleague()):
        assert stranger.get(page).status_code == 404
        assert stranger.post(page).status_code == 404
    assert _refusals(of) == 6


@pytest.mark.parametrize("name", [name for name in PAGES if len(places(name)) > 1])
def test_what_is_another_organisations_is_not_there_in_ones_own(name: str) -> None:
    owner, colleague = member()
    foreign = factories.organisation()
    page, _ = address(name, owner.organisation, with_things_of=foreign)
    assert colleague.get(page).status_code in {404, 405}
    assert colleague.post(page).status_code in {404, 405}


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in PAGES
        if "application" in places(name) and permission(name) is not Permission.SEE
    ],
)
def test_an_application_that_has_retired_is_only_looked_at(name: str) -> None:
    owner, colleague = member(Member.Role.OWNER, Method.PASSKEY)
    retired = factories.application(of=owner.organisation, status=Application.Status.RETIRED)
    of = owner.organisation
    page, _ = address(name, of, with_things_of=of, application=retired.slug)
    for answer in (colleague.get(page), colleague.post(page)):
        assert answer.status_code == 409
    assert not ClientSecret.objects.filter(application=retired).exists()
    assert not Submission.objects.exists()
