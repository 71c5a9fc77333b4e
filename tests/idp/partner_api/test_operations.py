"""Every operation of the API: who may, and that it is not there for anybody else."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from accounts.audit.events import Event
from accounts.models import AuditEvent
from clients.models import Application, Member
from clients.organisations.members.rules import Permission, may
from idp.partner_api.api import description
from tests import factories
from tests.clients.approval import rounds
from tests.idp.partner_api.caller import Caller
from tests.idp.partner_api.operations import OPERATIONS, live_one

pytestmark = [pytest.mark.django_db, pytest.mark.once]
every_operation = pytest.mark.parametrize("name", OPERATIONS)
# What does more than look at an application; a document changes no live one anyhow.
_ACTS = [
    name
    for name, one in OPERATIONS.items()
    if "{application}" in one.path and one.permission is not Permission.SEE
]
_NUMBERED = [name for name, one in OPERATIONS.items() if "{number}" in one.path]


def _tries() -> list[tuple[object, str]]:
    rows = AuditEvent.objects.filter(event=Event.ORGANISATION_ACCESS_REFUSED)
    return list(rows.order_by("pk").values_list("organisation_id", "reason"))


def _number(name: str) -> object:
    """Return what nothing has, as the operation takes it."""
    by_uuid = name.endswith(("again", "proof", "invitation"))
    return uuid4() if by_uuid else 1


def test_every_operation_is_tried_here() -> None:
    described = {
        operation["operationId"]: (method.upper(), path)
        for path, operations in description()["paths"].items()
        for method, operation in operations.items()
    }
    prefix = "/api/v1/organisations/{organisation}"
    assert {name: (one.method, prefix + one.path) for name, one in OPERATIONS.items()} == described


@every_operation
def test_tokens_do_exactly_what_their_role_may_and_other_tries_are_recorded(name: str) -> None:
    operation = OPERATIONS[name]
    application = rounds.sandbox()
    names = operation.prepare(application)
    for role in Member.Role:
        caller = Caller(role, of=application.organisation, acts_on_live=True)
        with transaction.atomic():
            answer = caller.call(operation.method, operation.address(names), operation.body)
            tries = _tries()
            transaction.set_rollback(True)
        if may(role, operation.permission):
            assert answer.status_code == operation.good
            assert "no-store" in answer["Cache-Control"]
            assert not tries
        else:
            assert (answer.status_code, answer.json()["reason"]) == (403, operation.permission)
            assert tries == [(application.organisation_id, operation.permission)]


@pytest.mark.parametrize("name", [one for one in _ACTS if one != "declare_application"])
def test_more_than_a_look_at_a_live_application_takes_a_token_made_for_that(name: str) -> None:
    operation = OPERATIONS[name]
    application = rounds.sandbox()
    names = {"number": _number(name), **live_one(application)}
    caller = Caller(of=application.organisation)
    before = list(Application.objects.order_by("pk").values())
    answer = caller.call(operation.method, operation.address(names), operation.body)
    assert (answer.status_code, answer.json()["reason"]) == (403, "api_token_not_for_live")
    assert _tries() == [(application.organisation_id, "api_token_not_for_live")]
    assert list(Application.objects.order_by("pk").values()) == before


@every_operation
def test_another_organisations_addresses_are_not_there_and_the_try_is_recorded(name: str) -> None:
    operation = OPERATIONS[name]
    application, caller = factories.sandbox(), Caller(acts_on_live=True)
    names = {"application": application.slug, "number": _number(name), "help_code": "CDFG-3467"}
    other = Caller(of=application.organisation)
    answer = other.call(
        operation.method, operation.address(names), operation.body, token=caller.token
    )
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert _tries() == [(application.organisation_id, "not_of_organisation")]


@pytest.mark.parametrize("name", _NUMBERED)
def test_another_organisations_numbers_are_not_there_under_ones_own_address(name: str) -> None:
    operation = OPERATIONS[name]
    number = operation.prepare(rounds.sandbox())["number"]
    caller = Caller(acts_on_live=True)
    own = caller.sandbox()
    names = {"application": own.slug, "number": number}
    answer = caller.call(operation.method, operation.address(names), operation.body)
    assert answer.status_code == 404
    assert _tries() == [(caller.organisation.pk, "not_its_own")]


@pytest.mark.parametrize("name", _ACTS)
def test_a_retired_application_is_only_looked_at(name: str) -> None:
    operation = OPERATIONS[name]
    caller = Caller(acts_on_live=True)
    columns: dict[str, Any] = {"status": Application.Status.RETIRED}
    row = factories.application(of=caller.organisation, **columns)
    names = {"number": _number(name), "application": row.slug}
    answer = caller.call(operation.method, operation.address(names), operation.body)
    assert answer.status_code == (422 if name == "declare_application" else 409)
    assert caller.call("GET", f"/applications/{row.slug}").status_code == 200
