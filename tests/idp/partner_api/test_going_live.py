"""An application on its way to residents, over HTTP."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import AuditEvent
from clients.approval.rules import Refusal
from clients.approval.signing.operations import SignOffRefusedError
from clients.models import ApiToken, Application, Submission
from tests import factories
from tests.clients.approval import rounds
from tests.idp.partner_api.caller import Caller
from tests.idp.portal.going_live import steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    return rounds.sandbox()


@pytest.fixture
def caller(application: Application) -> Caller:
    return Caller(of=application.organisation, acts_on_live=True)


def _live(application: Application, step: str = "") -> str:
    return f"/applications/{application.slug}/live{step}"


def _draft() -> dict[str, Any]:
    return {
        "redirect_uris": [rounds.LIVE_ADDRESS],
        "post_logout_redirect_uris": [],
        "policy_uri": rounds.NOTICE,
        "agreement_reference": "DSA-2026-17",
        "agreement_ends_on": (timezone.localdate() + timedelta(days=400)).isoformat(),
    }


def test_a_program_goes_all_the_way_but_for_the_two_approvals(
    caller: Caller, application: Application
) -> None:
    steps.shown_all(application)
    begun = caller.call("GET", _live(application)).json()
    assert begun["state"] is None
    marks = {line["item"]: line["mark"] for line in begun["checklist"]}
    assert (marks["owners"], marks["agreement"]) == ("done", "missing")
    drafted = caller.call("PATCH", _live(application, "/draft"), _draft()).json()
    assert drafted["state"] == "draft"
    assert caller.call("POST", _live(application, "/notice")).json()["notice"]
    sent = caller.call("POST", _live(application, "/submit"))
    assert (sent.status_code, sent.json()["state"]) == (200, "submitted")
    assert all(line["mark"] != "missing" for line in sent.json()["checklist"])
    row = Submission.objects.get()
    assert row.submitted_by == ApiToken.objects.get().made_by
    for kind in ("service", "information_governance"):
        rounds.sign(row, rounds.approver(), kind, reason="Looks right")
    shown = caller.call("GET", _live(application)).json()
    assert shown["state"] == "approved"
    assert [one["text"] for one in shown["history"]] == ["Looks right", "Looks right"]
    taken = caller.call("POST", _live(application, "/credentials"))
    assert taken.status_code == 201
    assert len(taken.json()["client_secret"]) == 43
    live = Application.objects.get(slug=taken.json()["slug"])
    assert (live.environment, live.made_from) == ("live", application)
    assert caller.call("POST", _live(application, "/credentials")).status_code == 409
    assert caller.call("GET", _live(application)).json()["live_applications"] == [live.slug]
    events = AuditEvent.objects.filter(event__startswith="application:submission")
    assert {one.actor_kind for one in events} >= {"api_token"}


def test_what_is_missing_is_named_line_by_line(caller: Caller, application: Application) -> None:
    caller.call("PATCH", _live(application, "/draft"), {})
    refused = caller.call("POST", _live(application, "/submit"))
    assert (refused.status_code, refused.json()["reason"]) == (409, "not_ready")
    errors = refused.json()["errors"]
    assert {"agreement", "notice", "sign_in"} <= {error["part"] for error in errors}
    assert all(error["words"] for error in errors)
    assert Submission.objects.get().state == "draft"


def test_nothing_is_submitted_before_a_draft(caller: Caller, application: Application) -> None:
    for step in ("/submit", "/take-back", "/withdraw", "/credentials"):
        refused = caller.call("POST", _live(application, step))
        assert (refused.status_code, refused.json()["reason"]) == (409, "no_draft")
    assert not Submission.objects.exists()


def test_what_is_not_sent_of_a_draft_stays(caller: Caller, application: Application) -> None:
    caller.call("PATCH", _live(application, "/draft"), _draft())
    caller.call("PATCH", _live(application, "/draft"), {"contacts": ["Jo, jo@example.org"]})
    row = Submission.objects.get()
    assert row.proposal["redirect_uris"] == [rounds.LIVE_ADDRESS]
    assert row.proposal["contacts"] == ["Jo, jo@example.org"]
    assert row.agreement_reference == "DSA-2026-17"
    assert row.agreement_ends_on is not None


@pytest.mark.parametrize(
    "changed, part",
    [
        ({"redirect_uris": ["http://parking.example.org/callback"]}, "redirect_uri"),
        ({"redirect_uris": ["https://*.example.org/cb"]}, "redirect_uri"),
        ({"redirect_uris": ["java\tscript:alert(1)"]}, "redirect_uri"),
        ({"policy_uri": "data:text/html,hi"}, "privacy_url"),
        ({"backchannel_logout_uri": "https://10.0.0.1/logout"}, "backchannel_logout_uri"),
        ({"pkce": "optional"}, "pkce"),
        ({"minimum_level": 0}, "minimum_level"),
        ({"skips_sharing": True}, "skips_sharing"),
        ({"agreement_ends_on": "tomorrow"}, "agreement_ends_on"),
        ({"agreement_reference": "x" * 101}, "agreement_reference"),
        ({"agreement_reference": "DSA\u202e71"}, "agreement_reference"),
        ({"backchannel_logout_uri": "https://a.example.org/out#x"}, "backchannel_logout_uri"),
    ],
)
def test_a_draft_that_is_unfit_is_refused_by_part(
    caller: Caller, application: Application, changed: dict[str, object], part: str
) -> None:
    refused = caller.call("PATCH", _live(application, "/draft"), {**_draft(), **changed})
    assert refused.status_code == 422
    where = {error["part"].rpartition(".")[2] for error in refused.json()["errors"]}
    assert part in where
    assert not Submission.objects.exclude(proposal={}).exists()


def test_the_maker_of_the_token_cannot_approve_what_it_submitted(
    caller: Caller, application: Application
) -> None:
    rounds.drafted(application)
    steps.shown_all(application)
    caller.call("POST", _live(application, "/submit"))
    row = Submission.objects.get()
    assert row.submitted_by is not None
    with pytest.raises(SignOffRefusedError) as refused:
        rounds.sign(row, row.submitted_by)
    assert refused.value.reason is Refusal.OWN_ORGANISATION


def test_taking_live_credentials_takes_a_token_made_for_that(application: Application) -> None:
    rounds.approved(application)
    plain = Caller(of=application.organisation)
    refused = plain.call("POST", _live(application, "/credentials"))
    assert (refused.status_code, refused.json()["reason"]) == (403, "api_token_not_for_live")
    assert not Application.objects.filter(environment="live").exists()


def test_what_is_harmless_of_a_live_application_counts_at_once_and_the_rest_is_reviewed(
    caller: Caller, application: Application
) -> None:
    live = factories.application(
        of=application.organisation,
        privacy_url=rounds.NOTICE,
        contacts=["Sam, sam@parking.example.org"],
        agreement_reference="DSA-2026-17",
        agreement_ends_on=timezone.localdate() + timedelta(days=400),
    )
    live.scopes.update(retention="Two years")
    caller.call("PATCH", _live(live, "/draft"), {"contacts": ["Jo, jo@example.org"]})
    done = caller.call("POST", _live(live, "/submit")).json()
    assert done["state"] == "live"
    live.refresh_from_db()
    assert live.contacts == ["Jo, jo@example.org"]
    uris = [*live.redirect_uris.split(), "https://parking.example.org/new"]
    caller.call("PATCH", _live(live, "/draft"), {"redirect_uris": uris})
    caller.call("POST", _live(live, "/notice"))
    sent = caller.call("POST", _live(live, "/submit")).json()
    assert sent["state"] == "submitted"
    assert [one["is_reviewed"] for one in sent["differences"]] == [True]
    live.refresh_from_db()
    assert "https://parking.example.org/new" not in live.redirect_uris


def test_a_draft_that_waits_for_the_council_is_not_changed(
    caller: Caller, application: Application
) -> None:
    rounds.submitted(application)
    refused = caller.call("PATCH", _live(application, "/draft"), _draft())
    assert (refused.status_code, refused.json()["reason"]) == (409, "is_submitted")
    assert caller.call("POST", _live(application, "/take-back")).json()["state"] == "draft"
    assert caller.call("POST", _live(application, "/withdraw")).json()["state"] == "withdrawn"


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001, "a\u202eb"])
def test_a_comment_that_says_nothing_is_refused(
    caller: Caller, application: Application, text: str
) -> None:
    rounds.submitted(application)
    refused = caller.call("POST", _live(application, "/comments"), {"text": text})
    assert refused.status_code == 422
    assert not Submission.objects.get().comments.exists()


@pytest.mark.parametrize(
    "end, part",
    [
        ({"day": "2000-01-01"}, "day"),
        ({"day": "9999-12-31"}, "day"),
        ({"day": "soon"}, "day"),
        ({"where_to_go": " "}, "where_to_go"),
        ({"where_to_go": "a\u202eb"}, "where_to_go"),
    ],
)
def test_an_end_that_residents_cannot_be_told_is_refused(
    caller: Caller, end: dict[str, str], part: str
) -> None:
    live = factories.application(of=caller.organisation)
    fit = {"day": (timezone.localdate() + timedelta(days=30)).isoformat(), "where_to_go": "Ring us"}
    refused = caller.call("PUT", _live(live, "/end"), {**fit, **end})
    assert refused.status_code == 422
    parts = [error["part"].rpartition(".")[2] for error in refused.json()["errors"]]
    assert parts == [part]
    assert caller.call("PUT", _live(live, "/end"), fit).json() == fit
    live.refresh_from_db()
    assert live.retires_at is not None
    assert caller.call("DELETE", _live(live, "/end")).status_code == 204
    live.refresh_from_db()
    assert live.retires_at is None


def test_a_sandbox_application_has_no_such_end(caller: Caller, application: Application) -> None:
    end = {"day": "2030-01-01", "where_to_go": "Ring us"}
    for method in ("PUT", "DELETE"):
        assert caller.call(method, _live(application, "/end"), end).status_code == 409


def test_how_far_it_is_takes_a_bounded_number_of_statements(
    caller: Caller,
    application: Application,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    row = rounds.submitted(application)
    for number in range(5):
        row.comments.create(
            account=rounds.owner(application), is_of_council=False, text=str(number)
        )
    with django_assert_max_num_queries(30):
        assert len(caller.call("GET", _live(application)).json()["history"]) == 5


def test_a_comment_beyond_the_most_is_refused_by_name(
    caller: Caller, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clients.approval.rules.MOST_COMMENTS", 2)
    rounds.submitted(application)
    said = [
        caller.call("POST", _live(application, "/comments"), {"text": "Hello"}) for _ in range(3)
    ]
    assert [one.status_code for one in said] == [201, 201, 409]
    assert said[-1].json()["reason"] == "too_many_comments"
    assert Submission.objects.get().comments.count() == 2
