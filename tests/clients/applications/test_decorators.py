"""Only members reach an application's pages, and acts on a live one take a strong sign-in."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from accounts.audit.events import Event
from accounts.models import AuditEvent
from clients.applications.decorators import application_may
from clients.models import Application, Member
from clients.organisations.members.rules import Permission
from tests import factories
from tests.accounts.mfa.owner import asks_to_sign_in
from tests.accounts.visitor import Response
from tests.clients.partner import Partner, text

pytestmark = pytest.mark.django_db


def _refusals() -> list[tuple[object, str, str]]:
    rows = AuditEvent.objects.filter(event=Event.ORGANISATION_ACCESS_REFUSED)
    return list(rows.order_by("pk").values_list("organisation_id", "application_id", "reason"))


@pytest.mark.parametrize("role", Member.Role)
def test_every_member_sees_an_application(role: str) -> None:
    partner = Partner(role)
    application = partner.sandbox(name="<script>Bins")
    page = partner.get(partner.page(application))
    assert page.status_code == 200
    assert application.client_id in text(page)
    assert "<script>Bins" not in text(page)
    assert _refusals() == []


def test_another_organisations_application_is_not_there_and_the_try_is_recorded() -> None:
    partner, other = Partner(), factories.application()
    assert partner.get(partner.page(other)).status_code == 404
    assert _refusals() == [(partner.organisation.pk, other.client_id, "not_its_application")]


def test_an_application_that_is_not_there_looks_the_same() -> None:
    partner = Partner()
    assert partner.get(f"{partner.home}/applications/nothing").status_code == 404
    assert _refusals() == [(partner.organisation.pk, "", "no_such_application")]


def test_a_closed_application_is_not_there_any_more() -> None:
    partner = Partner()
    closed = partner.sandbox(status=Application.Status.CLOSED)
    assert partner.get(partner.page(closed)).status_code == 404


def test_a_stranger_finds_no_application() -> None:
    owner, stranger = Partner(), Partner()
    assert stranger.get(owner.page(owner.sandbox())).status_code == 404


def _act(partner: Partner, application: Application) -> Response:
    def act(request: object, member: Member, row: Application) -> HttpResponse:
        del request, member
        return HttpResponse(row.slug)

    request = RequestFactory().get("/")
    vars(request)["signed_in"] = partner.session
    vars(request)["signed_in_before"] = None
    view = application_may(Permission.HANDLE_CREDENTIALS)(act)
    return view(request, organisation=partner.organisation.slug, application=application.slug)


def test_a_password_is_enough_to_act_on_a_sandbox_application() -> None:
    partner = Partner()
    partner.grow_stale()
    assert _act(partner, partner.sandbox()).status_code == 200


def test_an_account_with_a_password_alone_is_told_what_a_live_application_takes() -> None:
    partner = Partner()
    answer = _act(partner, factories.application(of=partner.organisation))
    assert answer.status_code == 403
    assert "Add a safer way to sign in first" in answer.content.decode()


def test_two_factors_just_now_are_enough_to_act_on_a_live_application() -> None:
    partner = Partner(two_factors=True)
    live = factories.application(of=partner.organisation)
    assert _act(partner, live).status_code == 200
    partner.grow_stale()
    assert asks_to_sign_in(_act(partner, live))


def test_one_of_two_factors_is_not_enough_to_act_on_a_live_application() -> None:
    partner = Partner(two_factors=True)
    partner.enter(partner.account)
    assert asks_to_sign_in(_act(partner, factories.application(of=partner.organisation)))


def test_a_viewer_does_not_act() -> None:
    partner = Partner(Member.Role.VIEWER)
    assert _act(partner, partner.sandbox()).status_code == 403
