"""Each role may do what it is for, and whoever belongs elsewhere learns nothing."""

from typing import Any, cast

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from accounts.audit.events import Event
from accounts.models import Account, AuditEvent
from clients.models import Member
from clients.organisations.members.decorators import member_may
from clients.organisations.members.rules import Permission, may
from tests import factories

ROLES = Member.Role


@pytest.mark.parametrize("permission", Permission)
def test_an_owner_may_do_everything(permission: Permission) -> None:
    assert may(ROLES.OWNER, permission)


@pytest.mark.parametrize("permission", set(Permission) - {Permission.SEE})
def test_a_viewer_only_looks(permission: Permission) -> None:
    assert may(ROLES.VIEWER, Permission.SEE)
    assert not may(ROLES.VIEWER, permission)


@pytest.mark.parametrize(
    "permission",
    [
        Permission.ASK_TO_GO_LIVE,
        Permission.HANDLE_API_TOKENS,
        Permission.MANAGE_MEMBERS,
        Permission.MANAGE_ORGANISATION,
    ],
)
def test_a_developer_speaks_for_nobody_else(permission: Permission) -> None:
    assert not may(ROLES.DEVELOPER, permission)


def _open(account: Account, organisation: str, permission: Permission) -> HttpResponse:
    def page(request: HttpRequest, member: Member) -> HttpResponse:
        del request
        return HttpResponse(member.organisation.name)

    request: Any = RequestFactory().get("/")
    request.signed_in = factories.session(account)
    request.signed_in_before = None
    entered = member_may(permission)(page)(request, organisation=organisation)
    return cast("HttpResponse", entered)


def _refusals() -> list[tuple[object, object, str]]:
    rows = AuditEvent.objects.filter(event=Event.ORGANISATION_ACCESS_REFUSED)
    return list(rows.order_by("pk").values_list("account_id", "organisation_id", "reason"))


@pytest.mark.django_db
def test_a_member_enters_and_the_page_knows_as_whom() -> None:
    member = factories.member(factories.account(), role=ROLES.VIEWER)
    answer = _open(member.account, member.organisation.slug, Permission.SEE)
    assert answer.content.decode() == member.organisation.name
    assert _refusals() == []


@pytest.mark.django_db
def test_another_organisations_page_is_not_there_and_the_try_is_recorded() -> None:
    account, other = factories.member(factories.account()).account, factories.organisation()
    with pytest.raises(Http404):
        _open(account, other.slug, Permission.SEE)
    assert _refusals() == [(account.pk, other.pk, "not_a_member")]


@pytest.mark.django_db
def test_an_organisation_that_is_not_there_looks_the_same() -> None:
    account = factories.account()
    with pytest.raises(Http404):
        _open(account, "nobody", Permission.SEE)
    assert _refusals() == [(account.pk, None, "no_such_organisation")]


@pytest.mark.django_db
def test_a_viewer_is_told_that_they_may_not_and_it_is_recorded() -> None:
    member = factories.member(factories.account(), role=ROLES.VIEWER)
    permission = Permission.HANDLE_CREDENTIALS
    answer = _open(member.account, member.organisation.slug, permission)
    assert answer.status_code == 403
    assert _refusals() == [(member.account_id, member.organisation_id, permission)]
