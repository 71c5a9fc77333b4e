"""Old user ids registered by a program."""

from typing import Any

import pytest

from accounts.audit.events import Event
from accounts.limits.table import OLD_USER_ID_LISTS
from accounts.models import AuditEvent
from clients.models import Application
from idp.models import OldUserId
from tests import factories
from tests.accounts.limits.filling import fill
from tests.idp.partner_api.caller import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller() -> Caller:
    return Caller("developer")


@pytest.fixture
def sandbox(caller: Caller) -> Application:
    return caller.sandbox()


def call(caller: Caller, application: Application, method: str, ids: Any = None) -> Any:  # noqa: ANN401
    body = None if ids is None else {"ids": ids}
    return caller.call(method, f"/applications/{application.slug}/old-user-ids", body)


def test_they_are_registered_counted_and_deleted(caller: Caller, sandbox: Application) -> None:
    sent = ["ann", "zoë", "ann"]
    first = call(caller, sandbox, "PUT", sent).json()
    assert first == {"added": 2, "registered": 2, "claimed": 0, "waiting": 2}
    again = call(caller, sandbox, "PUT", sent)
    assert (again.status_code, again.json()) == (200, {**first, "added": 0})
    factories.claimed(sandbox, factories.test_resident(caller.organisation), "ben")
    counted = call(caller, sandbox, "GET").json()
    assert counted == {"registered": 3, "claimed": 1, "waiting": 2}
    deleted = call(caller, sandbox, "DELETE").json()
    assert deleted == {"registered": 0, "claimed": 0, "waiting": 0, "deleted": 3}
    event = AuditEvent.objects.get(event=Event.OLD_USER_IDS_REGISTERED)
    assert (event.actor_kind, event.detail) == ("api_token", {"number": "2"})


def test_of_a_live_application_residents_keep_theirs(caller: Caller) -> None:
    caller = Caller(of=caller.organisation, acts_on_live=True)
    live = factories.application(of=caller.organisation)
    factories.claimed(live, factories.account(), "ann")
    assert call(caller, live, "PUT", ["ben"]).json()["added"] == 1
    deleted = call(caller, live, "DELETE").json()
    assert deleted == {"registered": 1, "claimed": 1, "waiting": 0, "deleted": 1}


def test_an_unfit_one_is_named_by_its_place_and_nothing_is_done(
    caller: Caller, sandbox: Application
) -> None:
    answer = call(caller, sandbox, "PUT", ["ann", "a\u202eb", "x" * 256, " b"])
    assert answer.status_code == 422
    parts = [(one["part"], one["problem"]) for one in answer.json()["errors"]]
    assert parts == [
        ("ids.1", "unseen_character"),
        ("ids.2", "too_long"),
        ("ids.3", "spaces_at_an_end"),
    ]
    assert "x" * 256 not in answer.content.decode()
    assert not OldUserId.objects.exists()


@pytest.mark.parametrize(
    "ids", [[], ["x"] * 1_001, "ann", [1], [None], {"a": 1}, ["a\0b"], ["\ud800"], [["a"]]]
)
def test_what_is_no_list_of_ids_is_refused(
    caller: Caller, sandbox: Application, ids: object
) -> None:
    answer = call(caller, sandbox, "PUT", ids)
    assert answer.status_code in {400, 422}
    assert answer["Content-Type"] == "application/problem+json"
    assert not OldUserId.objects.exists()


@pytest.mark.parametrize(
    "columns", [{"public": True}, {"grant_types": ["client_credentials"], "scopes": []}]
)
def test_who_could_claim_none_registers_none(caller: Caller, columns: dict[str, Any]) -> None:
    answer = call(caller, caller.sandbox(**columns), "PUT", ["ann"])
    assert (answer.status_code, answer.json()["reason"]) == (409, "cannot_claim")
    assert not OldUserId.objects.exists()


def test_there_is_an_end_of_them(
    caller: Caller, sandbox: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("idp.old_user_ids.operations.MOST_REGISTERED", 1)
    answer = call(caller, sandbox, "PUT", ["ann", "ben"])
    assert (answer.status_code, answer.json()["reason"]) == (409, "too_many_old_user_ids")
    assert not OldUserId.objects.exists()


def test_a_flood_has_to_wait(caller: Caller, sandbox: Application) -> None:
    fill(OLD_USER_ID_LISTS, sandbox.client_id)
    answer = call(caller, sandbox, "PUT", ["ann"])
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert not OldUserId.objects.exists()
