"""Inviting, roles and removing over HTTP: as on the pages, and never about owners."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.audit.events import Event
from accounts.limits.table import INVITATION_MAIL, INVITATIONS, Limit
from accounts.models import AuditEvent, OutboundMessage
from clients.models import ApiToken, Invitation, Member
from clients.organisations.inviting.rules import OPEN_AT_ONCE
from tests import factories
from tests.accounts.limits.filling import fill
from tests.idp.partner_api.caller import Caller

pytestmark = pytest.mark.django_db
EVE = {"address": "eve@riverside.example.org", "role": "developer"}
OWNERS = (403, "owners_on_pages_alone")


@pytest.fixture
def caller() -> Caller:
    return Caller()


def _refused(answer: Any) -> tuple[int, str]:  # noqa: ANN401 - Django's own answer
    return answer.status_code, answer.json()["reason"]


def _tries() -> list[str]:
    rows = AuditEvent.objects.filter(event=Event.ORGANISATION_ACCESS_REFUSED)
    return list(rows.order_by("pk").values_list("reason", flat=True))


def _member(caller: Caller, role: Member.Role = Member.Role.DEVELOPER) -> Member:
    return factories.member(factories.account(), of=caller.organisation, role=role)


def _invited(caller: Caller, **columns: object) -> Invitation:
    number = caller.call("POST", "/invitations", EVE).json()["id"]
    Invitation.objects.filter(pk=number).update(**columns)
    return Invitation.objects.get(pk=number)


def test_an_invitation_is_in_the_makers_name_and_recorded_as_the_tokens(caller: Caller) -> None:
    row, token = _invited(caller), ApiToken.objects.get()
    event = AuditEvent.objects.get(event=Event.INVITATION_SENT)
    assert (row.address, row.role, row.invited_by) == (*EVE.values(), token.made_by)
    assert (event.actor_kind, event.actor_id) == ("api_token", str(token.pk))
    assert row.mail in OutboundMessage.objects.values_list("pk", flat=True)


def test_nobody_is_invited_as_an_owner(caller: Caller) -> None:
    answer = caller.call("POST", "/invitations", {**EVE, "role": "owner"})
    assert _refused(answer) == OWNERS
    assert _tries() == [OWNERS[1]]
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_an_invitation_to_an_owner_stays_as_it_is(caller: Caller, method: str) -> None:
    row = _invited(caller, role=Member.Role.OWNER)
    path = f"/invitations/{row.pk}" + ("/again" if method == "POST" else "")
    assert _refused(caller.call(method, path)) == OWNERS
    after = Invitation.objects.get()
    assert (after.mail, after.ended_at) == (row.mail, None)


def test_nobody_is_invited_twice_nor_who_is_a_member(caller: Caller) -> None:
    _invited(caller)
    assert _refused(caller.call("POST", "/invitations", EVE)) == (409, "is_invited")
    factories.member(factories.account("ann@example.org"), of=caller.organisation)
    ann = {"address": "ann@example.org", "role": "viewer"}
    assert _refused(caller.call("POST", "/invitations", ann)) == (409, "is_a_member")


def test_no_more_are_open_at_once_than_on_the_page(caller: Caller) -> None:
    row = _invited(caller)
    for place in range(OPEN_AT_ONCE - 1):
        row.pk, row.address_key = uuid4(), f"p{place}@example.org"
        row.save(force_insert=True)
    ben = {**EVE, "address": "ben@example.org"}
    assert _refused(caller.call("POST", "/invitations", ben)) == (409, "too_many_open")


@pytest.mark.parametrize("address", ["", "eve", "eve@", "a@example.org, b@example.org"])
def test_what_is_no_address_is_not_written_to(caller: Caller, address: str) -> None:
    answer = caller.call("POST", "/invitations", {**EVE, "address": address})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["part"] == "address"
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("limit", [INVITATIONS, INVITATION_MAIL], ids=lambda one: one.name)
def test_the_limits_of_the_page_count_here_too(
    caller: Caller, settings: Settings, limit: Limit
) -> None:
    row = _invited(caller)
    settings.LIMITS_ENABLED = True
    maker = ApiToken.objects.get().made_by_id
    fill(limit, str(maker) if limit is INVITATIONS else row.address_key)
    answer = caller.call("POST", f"/invitations/{row.pk}/again")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert Invitation.objects.get().mail == row.mail


def test_one_that_expired_works_again_once_it_is_sent_again(caller: Caller) -> None:
    row = _invited(caller, expires_at=timezone.now() - timedelta(days=1))
    assert caller.call("GET", "/invitations").json()[0]["id"] == str(row.pk)
    assert caller.call("POST", f"/invitations/{row.pk}/again").status_code == 200
    after = Invitation.objects.get()
    assert after.expires_at > timezone.now()
    assert after.mail != row.mail


def test_one_that_was_cancelled_is_not_there(caller: Caller) -> None:
    row = _invited(caller)
    assert caller.call("DELETE", f"/invitations/{row.pk}").status_code == 204
    assert caller.call("DELETE", f"/invitations/{row.pk}").status_code == 404
    assert caller.call("POST", f"/invitations/{row.pk}/again").status_code == 404
    assert caller.call("GET", "/invitations").json() == []


def test_a_role_changes_between_developer_and_viewer(caller: Caller) -> None:
    row = _member(caller)
    for role in ("viewer", "developer"):
        answer = caller.call("PATCH", f"/members/{row.pk}", {"role": role})
        assert (answer.status_code, answer.json()["role"]) == (200, role)
    assert AuditEvent.objects.filter(event=Event.ROLE_CHANGED, actor_kind="api_token").count() == 2


def test_nobody_becomes_an_owner_not_even_the_tokens_maker_again(caller: Caller) -> None:
    row = _member(caller)
    maker = Member.objects.get(account=ApiToken.objects.get().made_by_id)
    for one in (row, maker):
        answer = caller.call("PATCH", f"/members/{one.pk}", {"role": "owner"})
        assert _refused(answer) == OWNERS
    assert Member.objects.get(pk=row.pk).role == Member.Role.DEVELOPER


def test_an_owner_stays_one(caller: Caller) -> None:
    row = _member(caller, Member.Role.OWNER)
    assert _refused(caller.call("PATCH", f"/members/{row.pk}", {"role": "viewer"})) == OWNERS
    assert _refused(caller.call("DELETE", f"/members/{row.pk}")) == OWNERS
    assert Member.objects.get(pk=row.pk).role == Member.Role.OWNER
    assert _tries() == [OWNERS[1]] * 2


def test_who_was_removed_is_not_there(caller: Caller) -> None:
    row = _member(caller)
    assert caller.call("DELETE", f"/members/{row.pk}").status_code == 204
    assert caller.call("DELETE", f"/members/{row.pk}").status_code == 404
    assert caller.call("PATCH", f"/members/{row.pk}", {"role": "viewer"}).status_code == 404


@pytest.mark.parametrize("acts_on_live", [False, True])
def test_where_residents_use_an_application_it_takes_a_token_for_live_ones(
    *, acts_on_live: bool
) -> None:
    caller = Caller(acts_on_live=acts_on_live)
    factories.application(of=caller.organisation)
    row = _member(caller)
    answers = [
        caller.call("POST", "/invitations", EVE),
        caller.call("DELETE", f"/members/{row.pk}"),
        caller.call("POST", "/proofs", {"kind": "charity", "value": "1234567"}),
    ]
    wanted = [201, 204, 201] if acts_on_live else [403] * 3
    assert [one.status_code for one in answers] == wanted
