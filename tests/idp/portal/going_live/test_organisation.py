"""From a draft to a live application over the pages, and who is kept out of each."""

import json
import re
from datetime import date, timedelta
from unittest import mock

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.assurance import Method
from accounts.limits.table import PRIVACY_NOTICE
from accounts.models import AuditEvent
from clients.models import Application, Member, Submission
from tests import factories
from tests.accounts.limits.filling import fill
from tests.clients.approval import rounds
from tests.idp.portal.going_live.steps import (
    approver_at,
    browser_of,
    page_of,
    sent,
    shown_all,
)
from tests.protocol.resident import heading

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_demonstration(settings: Settings) -> None:
    """Let no live application of this machine be, as the demonstration does."""
    settings.DEMO = False


def _day(day: date, of: str = "agreement_ends_on") -> dict[str, str]:
    return {f"{of}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


class TestOrganisation:
    def test_nobody_has_us_ask_for_notices_without_end(self, settings: Settings) -> None:
        settings.LIMITS_ENABLED = True
        application = rounds.drafted().application
        fill(PRIVACY_NOTICE, str(application.organisation_id))
        browser = browser_of(rounds.owner(application))
        with mock.patch("clients.approval.privacy_notice.operations.fetch") as asked:
            page = sent(browser, page_of(application, "/draft/notice"), privacy_url=rounds.NOTICE)
        assert page.status_code == 429
        asked.assert_not_called()

    def test_the_way_from_a_draft_to_the_secret(self) -> None:
        application = rounds.sandbox()
        shown_all(application)
        browser = browser_of(rounds.owner(application), Method.PASSKEY)
        assert b"Not yet started" in browser.get(page_of(application)).content
        last = timezone.localdate() + timedelta(days=400)
        drafted = {
            "addresses": {"redirect_uris": rounds.LIVE_ADDRESS},
            "contacts": {"contacts": "Sam"},
            "agreement": {"agreement_reference": "DSA-1", **_day(last)},
        }
        for part, typed in drafted.items():
            saved = sent(browser, page_of(application, f"/draft/{part}"), **typed)
            assert saved.status_code == 303, saved.content.decode()
        unread = sent(browser, page_of(application, "/draft/notice"), privacy_url=rounds.NOTICE)
        assert "We could not read the privacy notice" in unread.content.decode()
        refused = sent(browser, page_of(application, "/submit"))
        assert refused.status_code == 400
        assert "Privacy notice" in refused.content.decode()
        Submission.objects.update(
            notice_address=rounds.NOTICE, notice_answer="ok", notice_asked_at=timezone.now()
        )
        assert sent(browser, page_of(application, "/submit")).status_code == 303
        submission = Submission.objects.get()
        assert submission.state == "submitted"
        for kind in ("service", "information_governance"):
            approver = approver_at()
            page = approver.get(f"/approvals/{submission.pk}")
            assert rounds.LIVE_ADDRESS in page.content.decode()
            answered = approver.send(page, "continue", kind=kind, decision="approved")
            assert answered.status_code == 303
        taken = sent(browser, page_of(application, "/credentials"))
        assert taken.status_code == 200
        assert "no-store" in taken["Cache-Control"]
        secret = re.search(r'id="client-secret">([^<]+)<', taken.content.decode())
        assert secret is not None
        live = Application.objects.get(environment="live")
        # A reload of that page brings it to light no second time.
        again = sent(browser, page_of(application, "/credentials"))
        assert secret[1] not in again.content.decode()
        assert Application.objects.filter(environment="live").count() == 1
        assert secret[1] not in str(list(AuditEvent.objects.values()))
        assert live.made_from == application

    def test_the_address_of_keys_that_were_refused_stands_there_as_it_was_typed(self) -> None:
        application = rounds.sandbox(token_endpoint_auth_method="private_key_jwt")
        browser, typed = browser_of(rounds.owner(application)), "http://keys.example.org"
        page = sent(browser, page_of(application, "/draft/keys"), jwks_uri=typed)
        assert f'value="{typed}"' in page.content.decode()

    def test_approvers_read_the_reference_that_was_typed_and_nothing_hidden_in_it(self) -> None:
        application = rounds.sandbox()
        browser = browser_of(rounds.owner(application))
        typed = {"agreement_reference": "DSA\u202e71", **_day(timezone.localdate())}
        page = sent(browser, page_of(application, "/draft/agreement"), **typed)
        assert "The reference holds a character that cannot be seen" in page.content.decode()
        assert not Submission.objects.exclude(agreement_reference="").exists()

    def test_a_password_alone_does_not_bring_the_live_secret_to_light(self) -> None:
        submission = rounds.approved()
        application = submission.application
        browser = browser_of(rounds.owner(application), Method.PASSWORD)
        refused = sent(browser, page_of(application, "/credentials"))
        assert refused.status_code == 403
        assert "Add a safer way to sign in first" in refused.content.decode()
        submission.refresh_from_db()
        assert submission.state == "approved"
        assert not Application.objects.filter(environment="live").exists()

    @pytest.mark.parametrize("role", ["developer", "viewer"])
    @pytest.mark.parametrize("step", ["/submit", "/withdraw", "/take-back", "/credentials"])
    def test_only_owners_ask_the_council(self, role: str, step: str) -> None:
        submission = rounds.drafted()
        account = factories.account()
        organisation = submission.application.organisation
        factories.member(account, of=organisation, role=Member.Role(role))
        answer = sent(browser_of(account), page_of(submission.application, step))
        assert answer.status_code == 403
        assert Submission.objects.get().state == "draft"
        assert AuditEvent.objects.filter(event="organisation:access:refused").exists()

    def test_a_viewer_writes_nothing_and_sees_the_checklist(self) -> None:
        application = rounds.sandbox()
        account = factories.account()
        factories.member(account, of=application.organisation, role=Member.Role.VIEWER)
        browser = browser_of(account)
        assert browser.get(page_of(application)).status_code == 200
        for step in ("/draft/addresses", "/draft/notice", "/follow", "/comment"):
            assert sent(browser, page_of(application, step)).status_code == 403
        assert not Submission.objects.exists()

    @pytest.mark.parametrize(
        "step",
        [
            *("", "/draft/addresses", "/submit", "/withdraw", "/credentials", "/comment"),
            *("/end", "/go-on"),
        ],
    )
    def test_an_application_of_another_organisation_is_nowhere(self, step: str) -> None:
        theirs = rounds.submitted().application
        member = factories.member(factories.account())
        browser = browser_of(member.account)
        address = page_of(theirs, step).replace(
            theirs.organisation.slug, member.organisation.slug, 1
        )
        assert browser.client.get(address).status_code == 404
        assert browser.client.get(page_of(theirs, step)).status_code == 404
        assert AuditEvent.objects.filter(event="organisation:access:refused").count() == 2

    @pytest.mark.parametrize(
        "typed",
        [
            "http://parking.example.org/cb",
            "http://127.0.0.1/cb",
            "https://*.example.org/cb",
            "java\tscript:alert(1)",
            "https://parking.example.org/cb#here",
        ],
    )
    def test_an_unfit_address_is_refused_at_its_field(self, typed: str) -> None:
        application = rounds.sandbox()
        browser = browser_of(rounds.owner(application))
        page = sent(browser, page_of(application, "/draft/addresses"), redirect_uris=typed)
        assert page.status_code == 200
        assert 'redirect_uris-error"' in page.content.decode()
        assert not Submission.objects.exclude(proposal={}).exists()

    def test_what_is_typed_is_checked_without_being_written(self) -> None:
        application = rounds.sandbox()
        browser = browser_of(rounds.owner(application))
        page = page_of(application, "/draft/addresses")
        found = [
            json.loads(sent(browser, page, redirect_uris=typed, checking="yes").content)
            for typed in ("https://*.example.org/cb", "", "https://parking.example.org/cb")
        ]
        assert "wildcard" in found[0]["redirect_uris"]
        assert found[1:] == [
            {"redirect_uris": "Enter at least one redirect URI"},
            {"redirect_uris": None},
        ]
        assert not Submission.objects.exists()

    def test_a_draft_that_was_sent_meanwhile_is_not_changed(self) -> None:
        submission = rounds.submitted()
        browser = browser_of(rounds.owner(submission.application))
        page = page_of(submission.application, "/draft/addresses")
        sent(browser, page, redirect_uris="https://other.example.org/callback")
        again = Submission.objects.get()
        assert (again.state, again.version) == (submission.state, submission.version)

    def test_a_live_application_wants_two_factors(self) -> None:
        live = factories.application()
        owner = factories.member(factories.account(), of=live.organisation).account
        answer = sent(browser_of(owner), page_of(live, "/end"))
        assert answer.status_code in {302, 403}
        live.refresh_from_db()
        assert live.retires_at is None

    def test_an_owner_ends_a_live_application_on_a_day(self) -> None:
        live = factories.application()
        owner = factories.member(factories.account(), of=live.organisation).account
        browser = browser_of(owner, Method.PASSKEY)
        day = timezone.localdate() + timedelta(days=30)
        typed = _day(day, of="day")
        page = sent(browser, page_of(live, "/end"), **typed)
        assert page.status_code == 200, (page.status_code, heading(page))
        assert 'where_to_go-error"' in page.content.decode()
        done = sent(browser, page_of(live, "/end"), **typed, where_to_go="Call 01234 567890")
        assert done.status_code == 303
        live.refresh_from_db()
        assert timezone.localdate(live.retires_at) == day
        assert "01234" in browser.get(page_of(live)).content.decode()
        sent(browser, page_of(live, "/go-on"))
        live.refresh_from_db()
        assert live.retires_at is None
