"""A try of a sign-in: what is sent, what comes back, and what a client must check of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.models import AuditEvent
from clients.models import Application, Member
from idp.models import TesterRun
from tests import factories
from tests.clients.partner import Partner, text
from tests.idp.portal.tester.steps import begin, code, come_back, path
from tests.protocol.resident import Resident

pytestmark = pytest.mark.django_db


def test_for_an_application_that_pushes_it_says_what_to_use_instead(partner: Partner) -> None:
    """Its key or certificate is not here to push with (RFC 9126 §2)."""
    application = partner.sandbox(requires_pushed_requests=True)
    page = text(partner.get(partner.page(application, "tester")))
    assert "this page cannot send one for it" in page
    for other in ("start", "requests", "id-token"):
        assert partner.page(application, other) in page
    typed = {"scope": "openid", "state": "s-1", "nonce": "n-1", "pkce": "on"}
    assert partner.post(partner.page(application, "tester"), **typed).status_code == 200
    assert not TesterRun.objects.exists()


def test_what_was_sent_stands_beside_what_came_back(
    partner: Partner, application: Application
) -> None:
    page = come_back(partner, begin(partner, application))
    assert page.count("Passed") == 7
    assert "Failed" not in page
    assert application.client_id in page
    assert ">sub</code>" in page


def test_the_code_and_its_tokens_are_kept_nowhere(
    partner: Partner, application: Application
) -> None:
    run = begin(partner, application)
    secret = code(run)
    page = come_back(partner, run, code=secret)
    run.refresh_from_db()
    kept = f"{vars(run)} {page}"
    assert run.verifier == ""
    assert secret not in kept
    assert "eyJ" not in kept


@pytest.mark.parametrize(
    "mistake, words",
    [
        ("nonce", "The nonce in the ID token is not the one that the client expects"),
        ("state", "The state is not the one that was sent"),
        ("verifier", "The code_verifier does not fit the code_challenge"),
        ("redirect_uri", "The redirect_uri at the token endpoint is not the one"),
    ],
)
def test_what_is_done_wrong_on_purpose_is_named(
    partner: Partner, application: Application, mistake: str, words: str
) -> None:
    page = come_back(partner, begin(partner, application, mistake=mistake))
    assert words in page


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"state": "other"}, "The state is not the one that was sent"),
        ({"iss": "https://other.example"}, "The answer does not name this provider"),
        ({"code": "unknown"}, "The code is none of ours"),
    ],
)
def test_an_answer_that_is_not_right_is_shown_as_such(
    partner: Partner, application: Application, changes: dict[str, str], words: str
) -> None:
    assert words in come_back(partner, begin(partner, application), **changes)


def test_an_error_is_explained(partner: Partner, application: Application) -> None:
    run = begin(partner, application, prompt="none")
    error = {"error": "login_required", "error_description": "Reason: no_session. Reference: X"}
    partner.client.get(path(run), {**error, "state": "s-1"})
    page = text(partner.get(path(run)))
    assert "Nobody was signed in, and prompt=none lets nobody be asked" in page
    assert "Send the request again without prompt=none" in page


def test_what_comes_back_is_shown_as_text(partner: Partner, application: Application) -> None:
    run = begin(partner, application)
    hostile = "<script>alert(1)</script>{0}" + "x" * 5000
    partner.client.get(path(run), {"error": hostile, "error_description": hostile})
    page = text(partner.get(path(run)))
    assert "<script>alert" not in page
    assert len(page) < 40_000


def test_an_answer_is_taken_once(partner: Partner, application: Application) -> None:
    run = begin(partner, application)
    come_back(partner, run)
    partner.client.get(path(run), {"error": "access_denied"})
    assert "access_denied" not in text(partner.get(path(run)))


def test_a_posted_answer_is_taken_without_a_token_of_the_page(
    application: Application, partner: Partner
) -> None:
    run = begin(partner, application, response_mode="form_post")
    partner.client.handler.enforce_csrf_checks = True
    answer = {"code": code(run), "state": "s-1", "iss": settings.ISSUER}
    assert partner.client.post(path(run), answer).status_code == 303
    assert "Passed" in text(partner.get(path(run)))


class TestTheAddress:
    """The redirect URI of a run is good for that run, and for nothing else."""

    def test_a_request_may_name_it(self, partner: Partner, application: Application) -> None:
        run = begin(partner, application)
        address = run.sent["parameters"]["redirect_uri"]
        answer = Resident().client.get("/authorize", {**run.sent["parameters"], "prompt": "none"})
        assert answer["Location"].startswith(f"{address}?error=login_required")

    @pytest.mark.parametrize("state", ["used", "expired", "another", "changed", "made up", "live"])
    def test_and_none_that_waits_for_nothing(
        self, partner: Partner, application: Application, state: str
    ) -> None:
        run = begin(partner, application)
        sent = dict(run.sent["parameters"])
        match state:
            case "used":
                TesterRun.objects.update(returned_at=timezone.now())
            case "expired":
                TesterRun.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
            case "another":
                sent["client_id"] = partner.sandbox().client_id
            case "changed":
                sent["redirect_uri"] += "/.."
            case "made up":
                sent["redirect_uri"] = f"https://evil.example/{run.pk}"
            case "live":
                Application.objects.update(environment="live")
        page = Resident().client.get("/authorize", sent)
        assert page.status_code == 400
        assert "redirect_uri" in text(page)


class TestWhoMay:
    def test_a_viewer_may_not(self, application: Application, partner: Partner) -> None:
        viewer = Partner(Member.Role.VIEWER, of=partner.organisation)
        assert viewer.get(viewer.page(application, "tester")).status_code == 403
        run = begin(partner, application)
        assert viewer.get(path(run)).status_code == 403

    def test_a_run_is_its_own_browsers(self, application: Application, partner: Partner) -> None:
        colleague = Partner(Member.Role.OWNER, of=partner.organisation)
        run = begin(partner, application)
        assert colleague.client.get(path(run), {"error": "x"}).status_code == 404
        run.refresh_from_db()
        assert run.returned_at is None

    def test_another_organisations_run_is_not_there(self, partner: Partner) -> None:
        other = Partner()
        run = begin(other, other.sandbox())
        assert partner.get(path(run)).status_code == 404
        swapped = f"{partner.page(partner.sandbox(), 'tester')}/{run.pk}"
        assert partner.get(swapped).status_code == 404

    def test_a_live_application_is_not_tried(self) -> None:
        partner = Partner(two_factors=True)
        live: Any = factories.application(of=partner.organisation, environment="live")
        page = partner.post(partner.page(live, "tester"), scope="openid", pkce="on")
        assert "Only a sandbox application can be tried" in text(page)
        assert not TesterRun.objects.exists()


def test_a_page_without_an_answer_says_so(partner: Partner, application: Application) -> None:
    run = begin(partner, application)
    assert "No answer has come yet" in text(partner.get(path(run)))


def test_too_long_a_value_is_an_error_at_its_field(
    partner: Partner, application: Application
) -> None:
    page = text(partner.post(partner.page(application, "tester"), state="x" * 501))
    assert "<title>Error:" in page
    assert not TesterRun.objects.exists()
    assert AuditEvent.objects.filter(application_id=application.client_id).count() == 0


def test_an_answer_with_what_nobody_sees_is_marked_so(
    partner: Partner, application: Application
) -> None:
    run = begin(partner, application)
    hidden = "a\0b\u202ec"
    answer = {"error": hidden, "error_description": hidden, "state": hidden}
    assert partner.client.get(path(run), answer).status_code == 303
    page = text(partner.get(path(run)))
    assert "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c" in page
    assert "\u202e" not in page


@pytest.mark.parametrize("run", ["%00", "a%00b", "x" * 500, "%ED%A0%80"])
def test_what_names_no_run_leads_to_no_page(
    partner: Partner, application: Application, run: str
) -> None:
    address = f"{partner.page(application, 'tester')}/{run}?code=x"
    assert partner.client.get(address).status_code == 404
