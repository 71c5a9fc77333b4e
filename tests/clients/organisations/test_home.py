"""Who looks after an organisation finds its applications."""

import pytest

from tests import factories
from tests.accounts.mfa.owner import Owner

pytestmark = pytest.mark.django_db


def _page(owner: Owner, path: str) -> str:
    answer = owner.client.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_new_organisation_says_that_it_has_no_application() -> None:
    member = factories.member(factories.account())
    page = _page(Owner(member.account), f"/organisations/{member.organisation.slug}")
    assert "no application yet" in page


def test_its_own_applications_are_listed_and_nobody_elses() -> None:
    member = factories.member(factories.account())
    factories.application(of=member.organisation, name="Bin <b>Days")
    factories.application(of=factories.organisation(), name="Elsewhere")
    page = _page(Owner(member.account), f"/organisations/{member.organisation.slug}")
    assert "Bin &lt;b&gt;Days" in page
    assert "Elsewhere" not in page


def test_the_account_page_leads_members_to_their_organisations() -> None:
    member = factories.member(factories.account())
    owner = Owner(member.account)
    assert 'href="/organisations"' in _page(owner, "/account")
    page = _page(owner, "/organisations")
    assert f'href="/organisations/{member.organisation.slug}"' in page


def test_residents_are_not_told_of_organisations() -> None:
    resident = Owner(factories.account())
    assert "/organisations" not in _page(resident, "/account")
    assert "You look after no organisation" in _page(resident, "/organisations")
