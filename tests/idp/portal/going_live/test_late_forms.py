"""Forms that come after a sign-in by a passkey grew old: nothing is done, nothing typed is lost."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.assurance import Method
from accounts.models import Account, KeptForm, Session
from clients.models import Comment, SignOff, Submission
from tests import factories
from tests.clients.approval import rounds
from tests.idp.portal.going_live.steps import approver_at, browser_of, page_of
from tests.protocol.resident import Resident

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_demonstration(settings: Settings) -> None:
    """Let no live application of this machine be, as the demonstration does."""
    settings.DEMO = False


def _late(browser: Resident, account: Account, page: str, **typed: str) -> str:
    """Send the form of a page too late, sign in again, and return what the page shows then."""
    opened = browser.get(page)
    old = timezone.now() - timedelta(minutes=20)
    Session.objects.update(auth_time=old, signed_in_at=old)
    late = browser.send(opened, "continue", **typed)
    assert late["Location"].startswith(("/sign-in", "/staff/sign-in"))
    kept = KeptForm.objects.get()
    browser.sign_in(account, Method.PASSKEY)
    shown = browser.client.get(f"{page}?typed={kept.pk}")
    assert shown.status_code == 200
    return unescape(shown.content.decode())


def test_an_approvers_answer_waits_on_its_page_and_does_not_count_by_itself() -> None:
    submission, account = rounds.submitted(), rounds.approver()
    browser = approver_at(account)
    page = f"/approvals/{submission.pk}"
    typed = {"kind": "service", "decision": "refused", "reason": "It names nobody"}
    shown = _late(browser, account, page, **typed)
    assert "Not sent yet" in shown
    assert "It names nobody" in shown
    assert 'value="refused" checked' in shown
    assert not SignOff.objects.exists()
    assert Submission.objects.get().state == "submitted"


def test_a_comment_of_the_council_waits_too() -> None:
    submission, account = rounds.submitted(), rounds.approver()
    browser = approver_at(account)
    shown = _late(browser, account, f"/approvals/{submission.pk}/comment", text="Why email?")
    assert "Not sent yet" in shown
    assert "Why email?" in shown
    assert not Comment.objects.exists()


def test_the_end_of_a_live_application_waits_too() -> None:
    live = factories.application()
    owner = factories.member(factories.account(), of=live.organisation).account
    browser = browser_of(owner, Method.PASSKEY)
    typed = {"day-year": "2031", "where_to_go": "Call 01234 567890"}
    shown = _late(browser, owner, page_of(live, "/end"), **typed)
    assert "Not sent yet" in shown
    assert 'value="2031"' in shown
    assert 'value="Call 01234 567890"' in shown
    live.refresh_from_db()
    assert live.retires_at is None
