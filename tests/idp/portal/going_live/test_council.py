"""The council's pages: who enters, and what an answer finds."""

import re
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import Settings

from accounts.assurance import Method
from accounts.audit.actor import resident
from accounts.models import AuditEvent, StaffRole
from clients.applications.logo import operations as logos
from clients.approval import operations, queries
from clients.models import Submission
from tests import factories
from tests.clients.approval import rounds
from tests.clients.pictures import picture
from tests.idp.portal.going_live.steps import approver_at, browser_of, page_of
from tests.protocol import high as fapi

pytestmark = pytest.mark.django_db
KEYS = "https://parking.example.org/jwks"
HIGH = {**fapi.HIGH, "redirect_uris": "https://test.parking.example.org/callback"}
BY_KEY = {
    **HIGH,
    "token_endpoint_auth_method": "private_key_jwt",
    "jwks_uri": "https://test.parking.example.org/jwks",
}


@pytest.fixture(autouse=True)
def no_demonstration(settings: Settings) -> None:
    """Let no live application of this machine be, as the demonstration does."""
    settings.DEMO = False


class TestCouncil:
    def test_the_queue_is_for_approvers_by_their_staff_accounts(self) -> None:
        submission = rounds.submitted()
        addresses = ("/approvals", f"/approvals/{submission.pk}")
        for address in addresses:
            resident = browser_of(factories.account(), Method.PASSKEY).client.get(address)
            assert resident["Location"].startswith("/staff/sign-in")
            other = approver_at(factories.staff_member("auditor").account).client.get(address)
            assert other.status_code == 404
        refused = AuditEvent.objects.filter(event="account:staff_page:refused")
        assert list(refused.values_list("reason", flat=True)) == ["sign_off"] * 2
        assert "Parking" in approver_at().get("/approvals").content.decode()

    @pytest.mark.parametrize("role", [r for r in StaffRole.Role if r != "approver"])
    def test_another_role_of_staff_does_not_do(self, role: str) -> None:
        account = factories.staff_member(role).account
        assert approver_at(account).client.get("/approvals").status_code == 404

    def test_a_made_up_person_is_kept_out(self) -> None:
        account = factories.account(is_test=True, test_group=uuid4())
        answer = browser_of(account, Method.PASSKEY).client.get("/approvals")
        assert answer.status_code in {302, 404}

    def test_whose_role_was_taken_away_is_out_at_once(self) -> None:
        account = rounds.approver()
        browser = approver_at(account)
        assert browser.client.get("/approvals").status_code == 200
        StaffRole.objects.all().delete()
        assert browser.client.get("/approvals").status_code == 404

    def test_a_member_reads_that_somebody_else_answers_and_cannot_send_one(self) -> None:
        submission, account = rounds.submitted(), rounds.approver()
        other = approver_at().get(f"/approvals/{submission.pk}")
        assert 'name="decision"' in other.content.decode()
        factories.member(factories.own_account(account), of=submission.application.organisation)
        browser = approver_at(account)
        page = browser.get(f"/approvals/{submission.pk}")
        assert "You are a member of this organisation" in page.content.decode()
        assert 'name="decision"' not in page.content.decode()
        browser.submit(
            f"/approvals/{submission.pk}",
            {
                "csrfmiddlewaretoken": browser.client.cookies["csrftoken"].value
                if "csrftoken" in browser.client.cookies
                else "",
                "kind": "service",
                "decision": "approved",
                "version": str(submission.version),
            },
        )
        assert not submission.sign_offs.exists()

    @pytest.mark.parametrize(
        "profile, own, told",
        [
            ({}, {}, "those need the high one"),
            (
                BY_KEY,
                {"jwks_uri": KEYS},
                "For services that pay out money or hand out health data.",
            ),
        ],
        ids=["standard", "high"],
    )
    def test_the_profile_stands_there_with_what_it_is_for(
        self, profile: dict[str, Any], own: dict[str, str], told: str
    ) -> None:
        submission = rounds.submitted(rounds.sandbox(**profile), **own)
        shown = approver_at().get(f"/approvals/{submission.pk}").content.decode()
        assert told in shown
        is_high = profile is BY_KEY
        assert ("High (FAPI 2.0)" in shown) is is_high
        assert ("Must prove to hold the key of its tokens (DPoP)" in shown) is is_high
        assert ("Must push its requests (PAR)" in shown) is is_high

    def test_the_name_in_the_live_certificate_stands_beside_that_of_the_sandbox(
        self, settings: Settings
    ) -> None:
        settings.MTLS_ADDRESS = "https://mtls.login.example.org"
        known = {"certificate_subject_kind": "san_dns", "certificate_subject": "test.example.org"}
        bound = {"dpop_bound_access_tokens": False, "certificate_bound_access_tokens": True}
        method = {"token_endpoint_auth_method": "tls_client_auth"}
        sandbox = rounds.sandbox(**{**HIGH, **bound, **method, **known})
        own = {"certificate_subject_kind": "san_dns", "certificate_subject": "api.example.org"}
        submission = rounds.submitted(sandbox, **own)
        shown = approver_at().get(f"/approvals/{submission.pk}").content.decode()
        assert "test.example.org" in shown
        assert "api.example.org" in shown
        assert "Must show the certificate of its tokens (mutual TLS)" in shown

    def test_the_second_of_two_at_once_reads_what_happened_meanwhile(self) -> None:
        submission = rounds.submitted()
        first, second = approver_at(), approver_at()
        address = f"/approvals/{submission.pk}"
        seen, seen_too = first.get(address), second.get(address)
        first.send(seen, "continue", kind="service", decision="approved")
        late = second.send(seen_too, "continue", kind="service", decision="approved")
        assert late.status_code == 200
        assert "Somebody else has given this answer meanwhile" in late.content.decode()
        assert submission.sign_offs.count() == 1

    def test_what_changed_after_it_was_looked_at_is_to_be_looked_at_again(self) -> None:
        submission = rounds.submitted()
        browser = approver_at()
        seen = browser.get(f"/approvals/{submission.pk}")
        account = rounds.owner(submission.application)
        draft = operations.take_back(submission=submission, by=resident(account))
        operations.submit(submission=draft, account=account, tried=rounds.TRIED)
        late = browser.send(seen, "continue", kind="service", decision="approved")
        assert "look at it again" in late.content.decode()
        assert not submission.sign_offs.exists()
        # The form that came back is about what is there now.
        again = browser.send(late, "continue", kind="service", decision="approved")
        assert again.status_code == 303

    def test_what_was_typed_stands_there_again_as_it_was(self) -> None:
        browser, submission = approver_at(), rounds.submitted()
        page = browser.get(f"/approvals/{submission.pk}")
        shown = browser.send(page, "continue", kind="service", reason="Too many scopes")
        assert re.search(r"<textarea[^>]*>\s*Too many scopes</textarea>", shown.content.decode())

    def test_a_refusal_without_a_reason_and_an_empty_answer_are_errors(self) -> None:
        submission = rounds.submitted()
        browser = approver_at()
        page = browser.get(f"/approvals/{submission.pk}")
        assert "Choose your answer" in browser.send(page, "continue").content.decode()
        refused = browser.send(page, "continue", kind="service", decision="refused")
        assert "Say why you refuse it" in refused.content.decode()
        assert not submission.sign_offs.exists()

    def test_a_comment_is_read_by_the_organisation_without_a_name_of_staff(self) -> None:
        submission = rounds.submitted()
        account = rounds.approver()
        browser = approver_at(account)
        page = browser.get(f"/approvals/{submission.pk}/comment")
        words = "<script>alert(1)</script> Why email?"
        assert browser.send(page, "continue", text=words).status_code == 303
        owner = browser_of(rounds.owner(submission.application))
        shown = owner.get(page_of(submission.application)).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt; Why email?" in shown
        assert account.full_name not in shown.partition("What was said")[2]

    def test_approvers_see_the_logo_that_residents_would(self) -> None:
        sandbox = rounds.sandbox()
        by = resident(rounds.owner(sandbox))
        logo = logos.put(application=sandbox, file=picture(), by=by)
        address = f"/approvals/{rounds.submitted(sandbox).pk}"
        browser = approver_at()
        assert f'src="/logos/{logo.digest}.png"' in browser.get(address).content.decode()
        logos.put(application=sandbox, file=picture(size=(20, 20)), by=by)
        assert "/logos/" not in browser.get(address).content.decode()

    def test_a_draft_that_was_never_sent_is_nowhere(self) -> None:
        draft = rounds.drafted()
        browser = approver_at()
        assert browser.client.get(f"/approvals/{draft.pk}").status_code == 404
        assert "Nothing waits" in browser.get("/approvals").content.decode()
        assert browser.client.get("/approvals/999999999999999999999").status_code == 404

    def test_what_harms_nobody_counts_at_once_and_the_rest_waits(self) -> None:
        live = rounds.sandbox(environment="live", redirect_uris=rounds.LIVE_ADDRESS)
        draft = rounds.drafted(live, contacts=["Kim"])
        Submission.objects.filter(pk=draft.pk).update(
            proposal={"contacts": ["Kim"]}, agreement_reference="", agreement_ends_on=None
        )
        sent = operations.submit(submission=draft, account=rounds.owner(live), tried=rounds.TRIED)
        live.refresh_from_db()
        assert (live.contacts, sent.state) == (["Kim"], "live")
        assert not queries.waiting().exists()
