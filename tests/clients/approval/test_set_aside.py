"""A sign-off counts while whoever gave it may still approve."""

from collections.abc import Callable

import pytest
from pytest_django import Settings

from accounts.audit.actor import OPERATOR
from accounts.models import Account, AuditEvent, OutboundMessage, StaffMember, StaffRole
from accounts.models.email_address import address_key
from accounts.staffing.operations import grant, revoke
from clients.approval.rules import Refusal
from clients.approval.signing.operations import SignOffRefusedError
from clients.models import SignOff, Submission
from tests import factories
from tests.clients.approval import rounds
from tests.factories.authenticators import key_of
from tests.idp.portal.going_live.steps import approver_at, browser_of, page_of

pytestmark = pytest.mark.django_db
APPROVER = StaffRole.Role.APPROVER
GOVERNANCE = "information_governance"


@pytest.fixture(autouse=True)
def no_demonstration(settings: Settings) -> None:
    """Let no live application of this machine be, as the demonstration does."""
    settings.DEMO = False


def _take_role(account: Account, _: Submission) -> None:
    revoke(account=account, role=APPROVER, by=OPERATOR)


def _stop(status: str) -> Callable[[Account, Submission], None]:
    return lambda account, _: _update(account, status)


def _update(account: Account, status: str) -> None:
    Account.objects.filter(pk=account.pk).update(status=status)


def _join(account: Account, submission: Submission) -> None:
    factories.member(factories.own_account(account), of=submission.application.organisation)


def _turn_out_to_have_asked(account: Account, submission: Submission) -> None:
    assert submission.submitted_by is not None
    mailbox = submission.submitted_by.email_addresses.get(is_primary=True).address
    StaffMember.objects.filter(account=account).update(work_email_key=address_key(mailbox))
    submission.application.organisation.members.all().delete()


every_reason = pytest.mark.parametrize(
    "happens, reason",
    [
        (_take_role, "role_taken"),
        (_stop("frozen"), "account_stopped"),
        (_stop("suspended"), "account_stopped"),
        (_stop("closed"), "account_stopped"),
        (_join, "own_organisation"),
        (_turn_out_to_have_asked, "asked_for_it"),
    ],
    ids=["role", "frozen", "suspended", "closed", "member", "asked"],
)


@every_reason
def test_a_sign_off_of_who_may_not_any_more_is_set_aside_and_another_must_sign(
    happens: Callable[[Account, Submission], None], reason: str
) -> None:
    submission, first = rounds.submitted(), rounds.approver()
    rounds.sign(submission, first, "service")
    happens(first, submission)
    assert rounds.sign(submission, rounds.approver(), GOVERNANCE).state == "submitted"
    assert SignOff.objects.get(account=first).set_aside == reason
    event = AuditEvent.objects.get(event="application:sign_off:set_aside")
    assert (event.detail["why"], event.detail["kind"]) == (reason, "service")
    assert rounds.sign(submission, rounds.approver(), "service").state == "approved"
    assert AuditEvent.objects.filter(event="application:sign_off:set_aside").count() == 1


def test_whoever_takes_the_same_part_takes_its_place() -> None:
    submission, first = rounds.submitted(), rounds.approver()
    rounds.sign(submission, first, "service")
    _take_role(first, submission)
    assert rounds.sign(submission, rounds.approver(), "service").state == "submitted"
    assert rounds.sign(submission, rounds.approver(), GOVERNANCE).state == "approved"


def test_what_was_set_aside_counts_no_more_when_the_role_comes_back_but_they_can_sign_anew() -> (
    None
):
    submission, first = rounds.submitted(), rounds.approver()
    rounds.sign(submission, first, "service")
    _take_role(first, submission)
    rounds.sign(submission, rounds.approver(), GOVERNANCE)
    key_of(first)
    grant(account=first, role=APPROVER, by=OPERATOR)
    assert Submission.objects.get().state == "submitted"
    assert rounds.sign(submission, first, "service").state == "approved"


def test_what_two_people_decided_stays_decided_whatever_becomes_of_them() -> None:
    submission, first = rounds.submitted(), rounds.approver()
    rounds.sign(submission, first, "service")
    rounds.sign(submission, rounds.approver(), GOVERNANCE)
    _take_role(first, submission)
    shown = approver_at().get(f"/approvals/{submission.pk}").content.decode()
    assert "Set aside" not in shown
    assert "counts no more" not in shown


def test_whose_own_role_went_while_the_page_was_open_signs_nothing() -> None:
    submission, account = rounds.submitted(), rounds.approver()
    _take_role(account, submission)
    with pytest.raises(SignOffRefusedError) as refused:
        rounds.sign(submission, account)
    assert refused.value.reason is Refusal.MAY_NOT
    key_of(account)
    grant(account=account, role=APPROVER, by=OPERATOR)
    _update(account, "frozen")
    with pytest.raises(SignOffRefusedError) as refused:
        rounds.sign(submission, account)
    assert refused.value.reason is Refusal.MAY_NOT
    assert not SignOff.objects.exists()


def test_the_other_approvers_hear_that_it_waits_for_them_again() -> None:
    submission, first, second = rounds.submitted(), rounds.approver(), rounds.approver()
    third = rounds.approver()
    rounds.sign(submission, first, "service")
    _take_role(first, submission)
    OutboundMessage.objects.all().delete()
    rounds.sign(submission, second, GOVERNANCE)
    waiting = OutboundMessage.objects.filter(template="partners/submission_waiting")
    assert third.pk in set(waiting.values_list("account", flat=True))
    assert first.pk not in set(waiting.values_list("account", flat=True))


def test_the_queue_shows_what_stands_and_why_something_does_not() -> None:
    submission, first = rounds.submitted(), rounds.approver()
    rounds.sign(submission, first, "service")
    browser = approver_at()
    assert "Service owner has approved" in browser.get("/approvals").content.decode()
    _take_role(first, submission)
    shown = browser.get("/approvals").content.decode()
    assert "Service owner has approved" not in shown
    assert "Service owner: somebody else must answer" in shown
    assert "whoever gave it is no approver any more" in shown
    # To look at it writes nothing.
    assert not SignOff.objects.exclude(set_aside="").exists()
    rounds.sign(submission, rounds.approver(), GOVERNANCE)
    again = browser.get("/approvals").content.decode()
    assert "Information governance has approved" in again
    assert "Service owner: somebody else must answer" in again


def test_an_approver_reads_why_and_can_answer_in_its_place() -> None:
    submission, first = rounds.submitted(), rounds.approver()
    rounds.sign(submission, first, "service", reason="Fine")
    _update(first, "frozen")
    browser = approver_at()
    page = browser.get(f"/approvals/{submission.pk}")
    shown = page.content.decode()
    assert shown.count("Set aside: the account of whoever gave it was frozen") == 2
    assert "approved, which counts no more" in shown
    assert "No answer that counts" in shown
    sent = browser.send(page, "continue", kind="service", decision="approved")
    assert sent.status_code == 303
    later = browser.get(f"/approvals/{submission.pk}").content.decode()
    # In the history alone: somebody else has answered since.
    assert later.count("Set aside: the account of whoever gave it was frozen") == 1


def test_the_organisation_reads_that_it_counts_no_more_and_nothing_of_staff() -> None:
    submission, first = rounds.submitted(), rounds.approver()
    application = submission.application
    rounds.sign(submission, first, "service")
    _update(first, "frozen")
    owner = browser_of(rounds.owner(application))
    shown = owner.get(page_of(application)).content.decode()
    assert "approved, which counts no more" in shown
    assert "frozen" not in shown
    rounds.sign(submission, rounds.approver(), GOVERNANCE)
    history = owner.get(f"/organisations/{application.organisation.slug}/history")
    words = "Parking: a sign-off counts no more, and somebody else must give it"
    assert words in history.content.decode()
