"""Who looks after an organisation finds its applications."""

import pytest

from tests import factories
from tests.clients.colleague import Colleague, member

pytestmark = pytest.mark.django_db


def _page(colleague: Colleague, path: str) -> str:
    answer = colleague.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_new_organisation_says_that_it_has_no_application() -> None:
    owner, colleague = member()
    page = _page(colleague, f"/organisations/{owner.organisation.slug}")
    assert "no application yet" in page


def test_its_own_applications_are_listed_and_nobody_elses() -> None:
    owner, colleague = member()
    factories.application(of=owner.organisation, name="Bin <b>Days")
    factories.application(of=factories.organisation(), name="Elsewhere")
    page = _page(colleague, f"/organisations/{owner.organisation.slug}")
    assert "Bin &lt;b&gt;Days" in page
    assert "Elsewhere" not in page


def test_the_account_page_leads_members_to_their_organisations() -> None:
    owner, colleague = member()
    assert 'href="/organisations"' in _page(colleague, "/account")
    page = _page(colleague, "/organisations")
    assert f'href="/organisations/{owner.organisation.slug}"' in page


def test_residents_are_not_told_of_organisations() -> None:
    resident = Colleague()
    assert "/organisations" not in _page(resident, "/account")
    assert "You look after no organisation" in _page(resident, "/organisations")
