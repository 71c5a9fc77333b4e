"""Two people of the council answer, each once, about what they saw."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError
from django.utils import timezone

from accounts.audit.actor import SYSTEM, resident
from accounts.models import Account, AuditEvent, OutboundMessage, StaffMember
from accounts.models.email_address import address_key
from clients.approval import operations
from clients.approval.rules import Refusal
from clients.approval.signing.operations import SignOffRefusedError
from clients.models import Member, SignOff, Submission
from clients.organisations.members import operations as members
from tests import factories
from tests.clients.approval import rounds

pytestmark = pytest.mark.django_db


def _reason(*arguments: object, **named: object) -> Refusal:
    with pytest.raises(SignOffRefusedError) as refused:
        rounds.sign(*arguments, **named)  # type: ignore[arg-type]
    return refused.value.reason


def test_it_takes_one_sign_off_of_each_kind() -> None:
    submission = rounds.submitted()
    assert rounds.sign(submission, rounds.approver(), "service").state == "submitted"
    second = rounds.sign(submission, rounds.approver(), "information_governance")
    assert second.state == "approved"
    events = AuditEvent.objects.filter(event__startswith="application:submission")
    assert [event.event.rpartition(":")[2] for event in events.order_by("pk")][-3:] == [
        "signed_off",
        "signed_off",
        "approved",
    ]


def test_one_person_is_never_both() -> None:
    submission, account = rounds.submitted(), rounds.approver()
    rounds.sign(submission, account, "service")
    assert _reason(submission, account, "information_governance") is Refusal.SAME_PERSON
    assert SignOff.objects.count() == 1


def test_two_of_the_staff_never_have_one_mailbox() -> None:
    first, second = rounds.approver(), rounds.approver()
    with pytest.raises(IntegrityError):
        _share(second, _mailbox(first).upper())


def test_an_account_and_the_one_it_was_joined_to_are_no_two_people() -> None:
    submission, first, second = rounds.submitted(), rounds.approver(), rounds.approver()
    rounds.sign(submission, first, "service")
    first.joined_into = second
    first.save(update_fields=["joined_into"])
    assert _reason(submission, second, "information_governance") is Refusal.SAME_PERSON


def test_no_member_answers_by_another_account_of_their_mailbox() -> None:
    submission, account = rounds.submitted(), rounds.approver()
    organisation = submission.application.organisation
    rounds.sign(submission, account, "service")
    member = factories.member(factories.account("dee@partner.example"), of=organisation)
    factories.email_address(member.account, _mailbox(account), is_primary=False)
    waiting = rounds.sign(submission, rounds.approver(), "information_governance")
    assert waiting.state == "submitted"
    assert _reason(submission, account, "service") is Refusal.OWN_ORGANISATION


def test_whoever_asked_for_it_does_not_answer_by_another_account_of_their_mailbox() -> None:
    submission, account = rounds.submitted(), rounds.approver()
    assert submission.submitted_by is not None
    _share(account, _mailbox(submission.submitted_by))
    submission.application.organisation.members.all().delete()
    assert _reason(submission, account) is Refusal.ASKED_FOR_IT


def _mailbox(account: Account) -> str:
    if account.is_staff:
        return account.staff_member.work_email
    return account.email_addresses.get(is_primary=True).address


def _share(account: Account, mailbox: str) -> None:
    """Let somebody of the staff have this mailbox at work."""
    StaffMember.objects.filter(account=account).update(
        work_email=mailbox, work_email_key=address_key(mailbox)
    )


def test_the_database_lets_nobody_be_both_either() -> None:
    submission, account = rounds.submitted(), rounds.approver()
    columns = {"submission": submission, "version": 1, "account": account, "decision": "approved"}
    SignOff.objects.create(kind="service", **columns)
    with pytest.raises(IntegrityError):
        SignOff.objects.create(kind="information_governance", **columns)


@pytest.mark.parametrize("role", Member.Role.values)
def test_no_member_answers_for_their_own_organisation(role: str) -> None:
    submission, account = rounds.submitted(), rounds.approver()
    organisation = submission.application.organisation
    factories.member(factories.own_account(account), of=organisation, role=Member.Role(role))
    assert _reason(submission, account) is Refusal.OWN_ORGANISATION
    assert _reason(submission, account, refuses=True, reason="No") is Refusal.OWN_ORGANISATION


def test_a_sign_off_of_who_became_a_member_since_counts_no_more() -> None:
    submission, joined = rounds.submitted(), rounds.approver()
    organisation = submission.application.organisation
    rounds.sign(submission, joined, "service")
    factories.member(factories.own_account(joined), of=organisation, role=Member.Role.VIEWER)
    waiting = rounds.sign(submission, rounds.approver(), "information_governance")
    assert waiting.state == "submitted"
    assert _reason(submission, joined, "service") is Refusal.OWN_ORGANISATION
    # Somebody else gives the answer that is missing.
    assert rounds.sign(submission, rounds.approver(), "service").state == "approved"


@pytest.mark.parametrize("end", [members.leave, members.remove])
def test_nobody_leaves_to_answer_for_their_own_organisation(end: Callable[..., None]) -> None:
    submission, account = rounds.submitted(), rounds.approver()
    organisation = submission.application.organisation
    row = factories.member(factories.own_account(account), of=organisation)
    end(organisation=organisation, number=row.pk, by=SYSTEM)
    assert _reason(submission, account) is Refusal.OWN_ORGANISATION
    # What the organisation asks later is no longer theirs.
    Submission.objects.update(created_at=timezone.now())
    assert rounds.sign(submission, account).state == "submitted"


def test_whoever_asked_for_it_and_has_left_since_does_not_answer_either() -> None:
    submission = rounds.submitted()
    account = submission.submitted_by
    assert account is not None
    submission.application.organisation.members.filter(account=account).delete()
    assert _reason(submission, account) is Refusal.ASKED_FOR_IT


def test_what_was_changed_after_it_was_looked_at_is_not_signed() -> None:
    submission = rounds.submitted()
    account = rounds.owner(submission.application)
    draft = operations.take_back(submission=submission, by=resident(account))
    operations.submit(submission=draft, account=account, tried=rounds.TRIED)
    assert _reason(submission, rounds.approver(), version=submission.version) is Refusal.CHANGED


def test_a_sign_off_is_void_once_what_it_was_for_has_changed() -> None:
    submission = rounds.submitted()
    rounds.sign(submission, first := rounds.approver(), "service")
    account = rounds.owner(submission.application)
    draft = operations.take_back(submission=submission, by=resident(account))
    operations.submit(submission=draft, account=account, tried=rounds.TRIED)
    rounds.sign(submission, rounds.approver(), "information_governance")
    assert Submission.objects.get().state == "submitted"
    assert rounds.sign(submission, first, "service").state == "approved"


def test_a_kind_that_somebody_answered_meanwhile_is_not_answered_again() -> None:
    submission = rounds.submitted()
    rounds.sign(submission, rounds.approver(), "service")
    assert _reason(submission, rounds.approver(), "service") is Refusal.ALREADY_DECIDED


@pytest.mark.parametrize("state", ["draft", "approved", "live", "refused", "withdrawn"])
def test_only_what_waits_is_answered(state: str) -> None:
    submission = rounds.submitted()
    Submission.objects.filter(pk=submission.pk).update(state=state)
    assert _reason(submission, rounds.approver()) is Refusal.NOT_WAITING
    assert not SignOff.objects.exists()


def test_a_refusal_needs_a_reason_and_ends_the_round_for_both() -> None:
    submission = rounds.submitted()
    account = rounds.approver()
    assert _reason(submission, account, refuses=True, reason=" ") is Refusal.REASON_MISSING
    refused = rounds.sign(submission, account, refuses=True, reason="The notice names nobody")
    assert refused.state == "refused"
    assert _reason(submission, rounds.approver()) is Refusal.NOT_WAITING
    assert SignOff.objects.get().reason == "The notice names nobody"
    # One of two owners heard that it was sent; both hear of this.
    assert OutboundMessage.objects.filter(template="partners/submission_changed").count() == 3


def test_an_answer_sent_twice_counts_once() -> None:
    submission, account = rounds.submitted(), rounds.approver()
    rounds.sign(submission, account)
    assert _reason(submission, account) is Refusal.SAME_PERSON
    assert SignOff.objects.count() == 1
