"""A change of a live application that an operator asked for, on the pages of both sides."""

import pytest

from clients.models import Application, Submission
from tests.clients.approval import rounds
from tests.commands import run
from tests.idp.portal.going_live.steps import approver_at, browser_of, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def live() -> Application:
    uri = "https://parking.example.org/cb"
    return rounds.sandbox(environment=Application.Environment.LIVE, redirect_uris=uri)


def test_its_owner_sees_it_and_is_offered_no_way_to_end_it(live: Application) -> None:
    run("application", "change", live.slug, "--name", "Permits")
    browser = browser_of(rounds.owner(live))
    shown = browser.get(page_of(live)).content.decode()
    assert "An operator of the council asked for it" in shown
    assert "Permits" in shown
    for act in ("take-back", "withdraw"):
        assert f'id="{act}"' not in shown


def test_approvers_read_that_nobody_went_through_the_checklist(live: Application) -> None:
    run("application", "change", live.slug, "--name", "Permits")
    address = f"/approvals/{Submission.objects.get().pk}"
    shown = approver_at(rounds.approver()).get(address).content.decode()
    assert "An operator of the council wants to change a live application" in shown
    assert "Whoever sent it" not in shown


def test_the_history_has_the_reason_of_an_override(live: Application) -> None:
    run("application", "change", live.slug, "--name", "Permits", "--override", "safety")
    address = f"/organisations/{live.organisation.slug}/history"
    shown = browser_of(rounds.owner(live)).get(address).content.decode()
    assert "changed at once, before two people approved. It was not safe as it was." in shown
    assert "The council" in shown
