"""Proofs of who an organisation is, over HTTP: as on the page."""

from typing import Any
from unittest import mock

import pytest
from pytest_django import Settings

from accounts.audit.events import Event
from accounts.limits.table import DOMAIN_LOOKUP
from accounts.models import AuditEvent
from clients.models import OrganisationProof
from clients.organisations.proving.lookup import LookupFailedError
from clients.organisations.proving.rules import MOST_PROOFS
from tests.accounts.limits.filling import fill
from tests.idp.partner_api.caller import Caller

pytestmark = pytest.mark.django_db
DOMAIN = {"kind": "domain", "value": "riverside-trust.org.uk"}
_LOOKUP = "clients.organisations.proving.lookup.texts"


@pytest.fixture
def caller() -> Caller:
    return Caller()


def _given(caller: Caller) -> Any:  # noqa: ANN401 - JSON
    return caller.call("POST", "/proofs", DOMAIN).json()


def test_a_domain_whose_record_is_there_counts_and_the_token_did_it(caller: Caller) -> None:
    given = _given(caller)
    assert given["record"]["name"] == f"_borough-login.{DOMAIN['value']}"
    with mock.patch(_LOOKUP, return_value=[given["record"]["text"]]) as asked:
        answer = caller.call("POST", f"/proofs/{given['id']}/check").json()
    asked.assert_called_once_with(given["record"]["name"])
    assert (answer["found"], answer["state"]) == (True, "standing")
    events = AuditEvent.objects.filter(event__in=[Event.PROOF_GIVEN, Event.PROOF_ACCEPTED])
    assert list(events.values_list("actor_kind", flat=True)) == ["api_token"] * 2


def test_a_domain_without_the_record_goes_on_waiting(caller: Caller) -> None:
    given = _given(caller)
    with mock.patch(_LOOKUP, return_value=["borough-login-verification=else"]):
        answer = caller.call("POST", f"/proofs/{given['id']}/check").json()
    assert (answer["found"], answer["state"]) == (False, "waiting")


def test_name_servers_that_do_not_answer_change_nothing(caller: Caller) -> None:
    given = _given(caller)
    with mock.patch(_LOOKUP, side_effect=LookupFailedError):
        answer = caller.call("POST", f"/proofs/{given['id']}/check")
    assert (answer.status_code, answer.json()["reason"]) == (409, "no_answer")
    assert OrganisationProof.objects.get().checked_at is None


def test_name_servers_are_asked_no_more_often_than_by_the_page(
    caller: Caller, settings: Settings
) -> None:
    given = _given(caller)
    settings.LIMITS_ENABLED = True
    fill(DOMAIN_LOOKUP, str(caller.organisation.pk))
    with mock.patch(_LOOKUP) as asked:
        answer = caller.call("POST", f"/proofs/{given['id']}/check")
    assert answer.status_code == 429
    assert not asked.called


def test_a_number_has_no_record_and_waits_for_the_council(caller: Caller) -> None:
    charity = {"kind": "charity", "value": "1234567"}
    given = caller.call("POST", "/proofs", charity).json()
    assert (given["state"], given["record"]) == ("waiting", None)
    answer = caller.call("POST", f"/proofs/{given['id']}/check")
    assert (answer.status_code, answer.json()["reason"]) == (409, "proof_by_council")


@pytest.mark.parametrize(
    "kind, value, problem",
    [
        ("domain", " ", "proof_empty"),
        ("domain", "127.0.0.1", "domain_is_number"),
        ("domain", "intranet.local", "domain_inside"),
        ("domain", "co.uk", "domain_shared"),
        ("company", "x", "company_malformed"),
    ],
)
def test_what_proves_nothing_is_not_kept(
    caller: Caller, kind: str, value: str, problem: str
) -> None:
    answer = caller.call("POST", "/proofs", {"kind": kind, "value": value})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["problem"] == problem
    assert not OrganisationProof.objects.exists()


def test_the_same_is_not_given_twice_nor_more_than_there_can_be(caller: Caller) -> None:
    _given(caller)
    twice = caller.call("POST", "/proofs", DOMAIN)
    assert (twice.status_code, twice.json()["reason"]) == (409, "proof_given")
    for place in range(MOST_PROOFS - 1):
        caller.call("POST", "/proofs", {"kind": "charity", "value": f"123456{place}"})
    more = caller.call("POST", "/proofs", {"kind": "company", "value": "12345678"})
    assert (more.status_code, more.json()["reason"]) == (409, "proof_too_many")


def test_one_that_was_removed_is_not_there(caller: Caller) -> None:
    path = f"/proofs/{_given(caller)['id']}"
    assert caller.call("DELETE", path).status_code == 204
    answers = [
        caller.call("GET", path),
        caller.call("DELETE", path),
        caller.call("POST", f"{path}/check"),
    ]
    assert [one.status_code for one in answers] == [404] * 3
    assert AuditEvent.objects.filter(event=Event.PROOF_REMOVED, actor_kind="api_token").exists()


def test_a_viewer_lists_proofs_without_their_records() -> None:
    owner = Caller()
    _given(owner)
    (listed,) = Caller("viewer", of=owner.organisation).call("GET", "/proofs").json()
    assert listed["value"] == DOMAIN["value"]
    assert "record" not in listed
