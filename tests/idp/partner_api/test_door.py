"""Who comes in at the partners' API, and what everybody else is told."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.audit.events import Event
from accounts.limits.table import API_CALL, API_REFUSED
from accounts.models import Account, AuditEvent
from clients.models import ApiToken, Application, Member, Organisation
from tests.accounts.limits.filling import fill
from tests.clients.partner import Partner
from tests.idp.partner_api.caller import Caller
from tests.idp.partner_api.operations import HELP_CODE, OPERATIONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller() -> Caller:
    return Caller()


def _tries() -> list[tuple[object, str]]:
    rows = AuditEvent.objects.filter(event=Event.ORGANISATION_ACCESS_REFUSED)
    return list(rows.order_by("pk").values_list("organisation_id", "reason"))


def test_another_organisations_application_is_not_there_under_ones_own_address(
    caller: Caller,
) -> None:
    Caller().sandbox(slug="bins")
    assert caller.call("GET", "/applications/bins").status_code == 404
    assert _tries() == [(caller.organisation.pk, "application_of_another")]


def test_declaring_another_organisations_application_changes_nothing_and_is_recorded(
    caller: Caller,
) -> None:
    other = Caller()
    other.sandbox(slug="bins")
    before = list(Application.objects.values())
    assert caller.declare("bins").status_code == 422
    assert list(Application.objects.values()) == before
    assert _tries() == [(caller.organisation.pk, "application_of_another")]


def test_an_organisation_that_nobody_has_looks_the_same(caller: Caller) -> None:
    answer = caller.client.get(
        "/api/v1/organisations/nobody", headers={"Authorization": f"Bearer {caller.token}"}
    )
    assert answer.status_code == 404
    assert _tries() == [(None, "no_such_organisation")]


@pytest.mark.parametrize(
    "header",
    [
        None,
        "Basic YTpi",
        "Bearer",
        "Bearer ",
        "Bearer borough_x",
        "Bearer é",
        "Bearer " + "x" * 900,
    ],
)
def test_nobody_comes_in_without_a_token_that_is_one(caller: Caller, header: str | None) -> None:
    headers = {"Authorization": header} if header else {}
    for operation in OPERATIONS.values():
        path = operation.address({"application": "bins", "number": 1, "help_code": HELP_CODE})
        address = f"/api/v1/organisations/{caller.organisation.slug}{path}"
        answer = Client().generic(operation.method, address, headers=headers)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "columns",
    [{"revoked_at": timezone.now()}, {"expires_at": timezone.now() - timedelta(seconds=1)}],
    ids=["revoked", "expired"],
)
def test_a_token_that_ended_lets_nobody_in(caller: Caller, columns: dict[str, object]) -> None:
    ApiToken.objects.update(**columns)
    assert caller.call("GET").status_code == 401


@pytest.mark.parametrize(
    "columns",
    [{"status": Account.Status.FROZEN}, {"status": Account.Status.SUSPENDED}],
    ids=["frozen", "suspended"],
)
def test_a_token_lets_nobody_in_while_its_makers_account_is_not_to_be_used(
    caller: Caller, columns: dict[str, object]
) -> None:
    Account.objects.filter(memberships__isnull=False).update(**columns)
    assert caller.call("GET").json()["reason"] == "api_token_maker_gone"


@pytest.mark.parametrize("role", [None, "developer", "viewer"])
def test_a_token_lets_nobody_in_whose_maker_may_not_make_one_any_more(
    caller: Caller, role: str | None
) -> None:
    rows = Member.objects.filter(account=ApiToken.objects.get().made_by_id)
    # As a row would be left by a write that nobody thought of: the operations end the token.
    rows.update(role=role) if role else rows.delete()
    refused = caller.call("GET")
    assert (refused.status_code, refused.json()["reason"]) == (401, "api_token_maker_gone")


def test_a_suspended_organisations_token_lets_nobody_in(caller: Caller) -> None:
    Organisation.objects.update(status=Organisation.Status.SUSPENDED)
    assert caller.call("GET").status_code == 401


def test_the_session_of_an_owner_says_nothing_here() -> None:
    owner = Partner()
    answer = owner.get(f"/api/v1/organisations/{owner.organisation.slug}")
    assert answer.status_code == 401
    assert not answer.cookies


def test_guessing_tokens_is_slowed_down(caller: Caller, settings: Settings) -> None:
    settings.LIMITS_ENABLED = True
    for _ in range(API_REFUSED.amount):
        assert caller.call("GET", token="borough_guess").status_code == 401
    refused = caller.call("GET", token="borough_guess")
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    # Nobody else is kept out by it.
    assert caller.call("GET").status_code == 200


def test_a_program_that_calls_without_end_keeps_nobody_else_out(
    caller: Caller, settings: Settings
) -> None:
    settings.LIMITS_ENABLED = True
    fill(API_CALL, str(ApiToken.objects.get().pk))
    refused = caller.call("GET")
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert Caller(of=caller.organisation).call("GET").status_code == 200


def test_a_call_costs_few_statements(
    caller: Caller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    caller.call("GET")
    with django_assert_num_queries(2):
        assert caller.call("GET").status_code == 200


def test_that_a_token_is_in_use_is_noted_once_a_day(caller: Caller) -> None:
    caller.call("GET")
    assert ApiToken.objects.get().last_used_on == timezone.localdate()


def test_a_wrong_method_and_a_wrong_address_are_problems_too(caller: Caller) -> None:
    wrong = caller.call("POST", "/members")
    assert (wrong.status_code, wrong["Allow"]) == (405, "GET")
    nowhere = caller.client.get("/api/v2/anything")
    assert (nowhere.status_code, nowhere.json()["reason"]) == (404, "not_found")


def test_an_address_that_no_database_can_look_up_is_not_there(caller: Caller) -> None:
    whole = f"/api/v1/organisations/{caller.organisation.slug}/applications/%00"
    for path in (whole, f"{whole}/live", "/api/v1/organisations/%00/applications"):
        answer = caller.client.get(path, headers={"Authorization": f"Bearer {caller.token}"})
        assert (answer.status_code, answer.json()["reason"]) == (404, "not_found")
