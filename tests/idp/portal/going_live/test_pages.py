"""From a draft to a live application over the pages, and who is kept out of each."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.utils import timezone
from pytest_django import Settings

from accounts.assurance import Method
from accounts.audit.actor import resident
from accounts.models import Account, AuditEvent, StaffRole
from clients.approval import operations, queries
from clients.models import Application, Member, Submission
from idp.models import Delivery, RequestTrail, SigningKey
from idp.portal.going_live.queries import tried
from tests import factories
from tests.clients.approval import rounds
from tests.protocol.resident import Resident, heading

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_demonstration(settings: Settings) -> None:
    """Let no live application of this machine be, as the demonstration does."""
    settings.DEMO = False


def _browser(account: Account, *methods: Method) -> Resident:
    browser = Resident()
    for method in methods:
        if method != Method.PASSWORD:
            factories.way(account, method)
    browser.sign_in(account, *methods)
    return browser


def _approver(account: Account | None = None) -> Resident:
    return _browser(account or rounds.approver(), Method.PASSKEY)


def _page(application: Application, step: str = "") -> str:
    organisation = application.organisation.slug
    return f"/organisations/{organisation}/applications/{application.slug}/live{step}"


def _post(browser: Resident, address: str, **values: str) -> HttpResponse:
    page = browser.client.get(address.rpartition("/live")[0] + "/live")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())
    found = token[1] if token else browser.client.cookies["csrftoken"].value
    answer: HttpResponse = browser.submit(address, {"csrfmiddlewaretoken": found, **values})
    return answer


def _sign_in_of(application: Application, **columns: Any) -> RequestTrail:
    defaults = {"endpoint": "token", "protected_by": "pkce nonce", "is_authenticated": True}
    return RequestTrail.objects.create(
        application=application,
        duration=1,
        status=200,
        outcome="ok",
        **{**defaults, **columns},
    )


def _shown_all(application: Application) -> None:
    now = timezone.now()
    RequestTrail.objects.create(
        application=application,
        at=now - timedelta(hours=2),
        endpoint="authorize",
        duration=1,
        status=303,
        outcome="access_denied",
        is_authenticated=False,
    )
    _sign_in_of(application, at=now - timedelta(hours=1))
    _sign_in_of(application, endpoint="userinfo", protected_by="")
    Delivery.objects.create(
        application=application,
        sid="s",
        subject="s",
        state=Delivery.State.DELIVERED,
        expires_at=now,
        done_at=now,
        last_status=200,
    )


class TestEvidence:
    def test_all_of_it_counts(self) -> None:
        application = rounds.sandbox()
        _shown_all(application)
        found = tried(application)
        assert (found.signed_in, found.refused, found.heard_of_sign_out) == (True, True, True)

    @pytest.mark.parametrize(
        "columns",
        [
            {"is_authenticated": False},
            {"protected_by": "pkce"},
            {"protected_by": "nonce"},
            {"outcome": "invalid_grant"},
            {"at": timezone.now() - timedelta(days=31)},
        ],
    )
    def test_what_anybody_could_send_and_what_is_old_or_unprotected_counts_for_nothing(
        self, columns: dict[str, Any]
    ) -> None:
        application = rounds.sandbox()
        row = _sign_in_of(application)
        RequestTrail.objects.filter(pk=row.pk).update(**columns)
        assert not tried(application).signed_in

    def test_another_applications_sign_in_is_not_its_own(self) -> None:
        _sign_in_of(factories.application())
        assert not tried(rounds.sandbox()).signed_in

    def test_a_refusal_counts_once_somebody_signed_in_after_it(self) -> None:
        application = rounds.sandbox()
        _sign_in_of(application, at=timezone.now() - timedelta(hours=3))
        RequestTrail.objects.create(
            application=application,
            endpoint="authorize",
            duration=1,
            status=303,
            outcome="access_denied",
            is_authenticated=False,
        )
        assert not tried(application).refused
        _sign_in_of(application, at=timezone.now() + timedelta(seconds=1))
        assert tried(application).refused

    @pytest.mark.parametrize("status", [204, 400, 500])
    def test_a_logout_token_counts_when_it_was_answered_with_200(self, status: int) -> None:
        application = rounds.sandbox()
        _shown_all(application)
        Delivery.objects.update(last_status=status)
        assert not tried(application).heard_of_sign_out

    def test_a_new_key_must_have_been_accepted(self) -> None:
        factories.signing_keys()
        application = rounds.sandbox()
        assert not tried(application).rotated
        now = timezone.now()
        algorithm = application.algorithm
        SigningKey.objects.filter(algorithm=algorithm, state="active").update(
            state="retired", activated_at=now - timedelta(days=90)
        )
        SigningKey.objects.filter(algorithm=algorithm, state="next").update(
            state="active", activated_at=now - timedelta(days=1)
        )
        _sign_in_of(application, at=now - timedelta(days=2))
        _sign_in_of(application, endpoint="userinfo", protected_by="", at=now - timedelta(days=2))
        found = tried(application)
        assert (found.rotated, found.signed_in_after_rotation) == (True, False)
        _sign_in_of(application, at=now - timedelta(hours=1))
        assert not tried(application).signed_in_after_rotation
        _sign_in_of(application, endpoint="userinfo", protected_by="")
        assert tried(application).signed_in_after_rotation


class TestOrganisation:
    def test_the_way_from_a_draft_to_the_secret(self) -> None:
        application = rounds.sandbox()
        _shown_all(application)
        owner = rounds.owner(application)
        browser = _browser(owner)
        assert b"To do" in browser.get(_page(application)).content
        last = timezone.localdate() + timedelta(days=400)
        saved = _post(
            browser,
            _page(application, "/draft"),
            **{
                "redirect_uris": rounds.LIVE_ADDRESS,
                "privacy_url": rounds.NOTICE,
                "contacts": "Sam",
                "agreement_reference": "DSA-1",
                "agreement_ends_on-day": str(last.day),
                "agreement_ends_on-month": str(last.month),
                "agreement_ends_on-year": str(last.year),
            },
        )
        assert saved.status_code == 303, saved.content.decode()
        refused = _post(browser, _page(application, "/submit"))
        assert refused.status_code == 400
        assert "privacy notice" in refused.content.decode()
        Submission.objects.update(
            notice_address=rounds.NOTICE, notice_answer="ok", notice_asked_at=timezone.now()
        )
        assert _post(browser, _page(application, "/submit")).status_code == 303
        submission = Submission.objects.get()
        assert submission.state == "submitted"
        for kind in ("service", "information_governance"):
            approver = _approver()
            page = approver.get(f"/approvals/{submission.pk}")
            assert rounds.LIVE_ADDRESS in page.content.decode()
            answered = approver.send(page, "continue", kind=kind, decision="approved")
            assert answered.status_code == 303
        taken = _post(browser, _page(application, "/credentials"))
        assert taken.status_code == 200
        assert "no-store" in taken["Cache-Control"]
        secret = re.search(r'id="client-secret">([^<]+)<', taken.content.decode())
        assert secret is not None
        live = Application.objects.get(environment="live")
        # A reload of that page brings it to light no second time.
        again = _post(browser, _page(application, "/credentials"))
        assert secret[1] not in again.content.decode()
        assert Application.objects.filter(environment="live").count() == 1
        assert secret[1] not in str(list(AuditEvent.objects.values()))
        assert live.made_from == application

    @pytest.mark.parametrize("role", ["developer", "viewer"])
    @pytest.mark.parametrize("step", ["/submit", "/withdraw", "/take-back", "/credentials"])
    def test_only_owners_ask_the_council(self, role: str, step: str) -> None:
        submission = rounds.drafted()
        account = factories.account()
        organisation = submission.application.organisation
        factories.member(account, of=organisation, role=Member.Role(role))
        answer = _post(_browser(account), _page(submission.application, step))
        assert answer.status_code == 403
        assert Submission.objects.get().state == "draft"
        assert AuditEvent.objects.filter(event="organisation:access:refused").exists()

    def test_a_viewer_writes_nothing_and_sees_the_checklist(self) -> None:
        application = rounds.sandbox()
        account = factories.account()
        factories.member(account, of=application.organisation, role=Member.Role.VIEWER)
        browser = _browser(account)
        assert browser.get(_page(application)).status_code == 200
        for step in ("/draft", "/notice", "/follow", "/comment"):
            assert _post(browser, _page(application, step)).status_code == 403
        assert not Submission.objects.exists()

    @pytest.mark.parametrize(
        "step", ["", "/draft", "/submit", "/withdraw", "/credentials", "/comment", "/end", "/go-on"]
    )
    def test_an_application_of_another_organisation_is_nowhere(self, step: str) -> None:
        theirs = rounds.submitted().application
        member = factories.member(factories.account())
        browser = _browser(member.account)
        address = _page(theirs, step).replace(theirs.organisation.slug, member.organisation.slug, 1)
        assert browser.client.get(address).status_code == 404
        assert browser.client.get(_page(theirs, step)).status_code == 404
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
        browser = _browser(rounds.owner(application))
        page = _post(browser, _page(application, "/draft"), redirect_uris=typed)
        assert page.status_code == 200
        assert 'redirect_uris-error"' in page.content.decode()
        assert not Submission.objects.exclude(proposal={}).exists()

    def test_a_draft_that_was_sent_meanwhile_is_not_changed(self) -> None:
        submission = rounds.submitted()
        browser = _browser(rounds.owner(submission.application))
        _post(browser, _page(submission.application, "/draft"), redirect_uris=rounds.LIVE_ADDRESS)
        again = Submission.objects.get()
        assert (again.state, again.version) == (submission.state, submission.version)

    def test_a_live_application_wants_two_factors(self) -> None:
        live = factories.application()
        owner = factories.member(factories.account(), of=live.organisation).account
        answer = _post(_browser(owner), _page(live, "/end"))
        assert answer.status_code in {302, 403}
        live.refresh_from_db()
        assert live.retires_at is None

    def test_an_owner_ends_a_live_application_on_a_day(self) -> None:
        live = factories.application()
        owner = factories.member(factories.account(), of=live.organisation).account
        browser = _browser(owner, Method.PASSKEY)
        day = timezone.localdate() + timedelta(days=30)
        typed = {"day-day": str(day.day), "day-month": str(day.month), "day-year": str(day.year)}
        page = _post(browser, _page(live, "/end"), **typed)
        assert page.status_code == 200, (page.status_code, heading(page))
        assert 'where_to_go-error"' in page.content.decode()
        done = _post(browser, _page(live, "/end"), **typed, where_to_go="Call 01234 567890")
        assert done.status_code == 303
        live.refresh_from_db()
        assert timezone.localdate(live.retires_at) == day
        assert "01234" in browser.get(_page(live)).content.decode()
        _post(browser, _page(live, "/go-on"))
        live.refresh_from_db()
        assert live.retires_at is None


class TestCouncil:
    def test_the_queue_is_for_approvers_with_a_passkey(self) -> None:
        submission = rounds.submitted()
        addresses = ("/approvals", f"/approvals/{submission.pk}")
        account = rounds.approver()
        for address in addresses:
            weak = _browser(account, Method.PASSWORD, Method.APP).client.get(address)
            assert weak.status_code in {302, 403}
            assert submission.application.name not in weak.content.decode()
            assert (
                _browser(factories.account(), Method.PASSKEY).client.get(address).status_code == 404
            )
        assert AuditEvent.objects.filter(event="account:staff_page:refused").count() == 2
        assert "Parking" in _approver(account).get("/approvals").content.decode()

    @pytest.mark.parametrize("role", [r for r in StaffRole.Role.values if r != "approver"])
    def test_another_role_of_staff_does_not_do(self, role: str) -> None:
        account = factories.account()
        StaffRole.objects.create(account=account, role=role)
        assert _approver(account).client.get("/approvals").status_code == 404

    def test_a_made_up_person_is_kept_out(self) -> None:
        account = factories.account(is_test=True, test_group=uuid4())
        answer = _browser(account, Method.PASSKEY).client.get("/approvals")
        assert answer.status_code in {302, 404}

    def test_whose_role_was_taken_away_is_out_at_once(self) -> None:
        account = rounds.approver()
        browser = _approver(account)
        assert browser.client.get("/approvals").status_code == 200
        StaffRole.objects.all().delete()
        assert browser.client.get("/approvals").status_code == 404

    def test_a_member_reads_that_somebody_else_answers_and_cannot_send_one(self) -> None:
        submission, account = rounds.submitted(), rounds.approver()
        other = _approver().get(f"/approvals/{submission.pk}")
        assert 'name="decision"' in other.content.decode()
        factories.member(account, of=submission.application.organisation)
        browser = _approver(account)
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

    def test_the_second_of_two_at_once_reads_what_happened_meanwhile(self) -> None:
        submission = rounds.submitted()
        first, second = _approver(), _approver()
        address = f"/approvals/{submission.pk}"
        seen, seen_too = first.get(address), second.get(address)
        first.send(seen, "continue", kind="service", decision="approved")
        late = second.send(seen_too, "continue", kind="service", decision="approved")
        assert late.status_code == 200
        assert "Somebody else has given this answer meanwhile" in late.content.decode()
        assert submission.sign_offs.count() == 1

    def test_what_changed_after_it_was_looked_at_is_to_be_looked_at_again(self) -> None:
        submission = rounds.submitted()
        browser = _approver()
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

    def test_a_refusal_without_a_reason_and_an_empty_answer_are_errors(self) -> None:
        submission = rounds.submitted()
        browser = _approver()
        page = browser.get(f"/approvals/{submission.pk}")
        assert "Choose your answer" in browser.send(page, "continue").content.decode()
        refused = browser.send(page, "continue", kind="service", decision="refused")
        assert "Say why you refuse it" in refused.content.decode()
        assert not submission.sign_offs.exists()

    def test_a_comment_is_read_by_the_organisation_without_a_name_of_staff(self) -> None:
        submission = rounds.submitted()
        account = rounds.approver()
        browser = _approver(account)
        page = browser.get(f"/approvals/{submission.pk}/comment")
        words = "<script>alert(1)</script> Why email?"
        assert browser.send(page, "continue", text=words).status_code == 303
        owner = _browser(rounds.owner(submission.application))
        shown = owner.get(_page(submission.application)).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt; Why email?" in shown
        assert account.full_name not in shown.partition("What was said")[2]

    def test_a_draft_that_was_never_sent_is_nowhere(self) -> None:
        draft = rounds.drafted()
        browser = _approver()
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
