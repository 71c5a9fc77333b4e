"""An organisation asks for a live application, and gets it once two people agreed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.audit.actor import resident
from accounts.models import AuditEvent, EmailAddress, OutboundMessage
from clients.applications.addresses.rules import AddressProblem
from clients.applications.logo import operations as logos
from clients.applications.writing import ApplicationRefusedError
from clients.approval import operations, queries
from clients.approval.comments import operations as comments
from clients.approval.operations import NotReadyError, SubmissionRefusedError, TextRefusedError
from clients.approval.rules import Item
from clients.approval.taking import operations as taking
from clients.models import Application, ApplicationLogo, Member, Submission
from tests import factories
from tests.clients.approval import rounds
from tests.clients.approval.rounds import TRIED
from tests.clients.pictures import picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_demonstration(settings: Settings) -> None:
    """Let no live application of this machine be, as the demonstration does."""
    settings.DEMO = False


def _events() -> list[str]:
    rows = AuditEvent.objects.filter(application_id__gt="").order_by("pk")
    return list(rows.values_list("event", flat=True))


def _mails(template: str) -> int:
    return OutboundMessage.objects.filter(template=template).count()


def test_what_two_people_approved_becomes_an_application_of_its_own() -> None:
    sandbox = rounds.sandbox()
    submission = rounds.approved(sandbox)
    created = taking.take(submission=submission, by=resident(rounds.owner(sandbox)))
    live = created.application
    assert created.client_secret
    assert live.client_id != sandbox.client_id
    assert (live.environment, live.status) == ("live", "active")
    assert live.made_from == sandbox
    assert live.slug == f"{sandbox.slug}-live"
    assert live.redirect_uris == rounds.LIVE_ADDRESS
    assert live.agreement_reference == "DSA-2026-17"
    # No test resident of the sandbox is anybody here.
    assert live.sector_identifier == live.client_id != sandbox.sector_identifier
    sandbox.refresh_from_db()
    assert sandbox.environment == "sandbox"
    assert _events()[-1] == "application:application:went_live"


def test_the_credentials_are_given_once() -> None:
    submission = rounds.approved()
    by = resident(rounds.owner(submission.application))
    taking.take(submission=submission, by=by)
    with pytest.raises(SubmissionRefusedError):
        taking.take(submission=submission, by=by)
    assert Application.objects.filter(environment="live").count() == 1


@pytest.mark.parametrize("state", ["draft", "submitted", "refused", "withdrawn", "live"])
def test_nothing_that_is_not_approved_becomes_live(state: str) -> None:
    submission = rounds.drafted()
    Submission.objects.filter(pk=submission.pk).update(state=state)
    with pytest.raises(SubmissionRefusedError):
        taking.take(submission=submission, by=resident(rounds.owner(submission.application)))
    assert not Application.objects.filter(environment="live").exists()


def test_what_was_approved_stays_whatever_becomes_of_the_sandbox() -> None:
    submission = rounds.approved()
    sandbox = submission.application
    sandbox.name = "Council Tax Refunds"
    sandbox.save()
    sandbox.scopes.all().delete()
    by = resident(rounds.owner(sandbox))
    live = taking.take(submission=submission, by=by).application
    assert live.name == "Parking"
    assert live.scopes.count() == 4


def test_the_logo_that_the_council_saw_is_the_live_ones_too() -> None:
    sandbox = rounds.sandbox()
    by = resident(rounds.owner(sandbox))
    logos.put(application=sandbox, file=picture(), by=by)
    submission = rounds.approved(sandbox)
    seen = queries.logo(submission)
    assert seen is not None
    live = taking.take(submission=submission, by=by).application
    assert ApplicationLogo.objects.get(application=live).digest == seen.digest
    # Each has its own from now on.
    logos.remove(application=sandbox, by=by)
    assert ApplicationLogo.objects.get().application == live


def test_a_logo_that_was_put_in_its_place_after_the_council_looked_does_not_go_live() -> None:
    sandbox = rounds.sandbox()
    by = resident(rounds.owner(sandbox))
    logos.put(application=sandbox, file=picture(), by=by)
    submission = rounds.approved(sandbox)
    # As the council's own, for one.
    logos.put(application=sandbox, file=picture(size=(20, 20)), by=by)
    assert queries.logo(submission) is None
    live = taking.take(submission=submission, by=by).application
    assert not ApplicationLogo.objects.filter(application=live).exists()


@pytest.mark.parametrize(
    "address, problem",
    [
        ("http://parking.example.org/callback", AddressProblem.HTTP),
        ("http://127.0.0.1:9000/callback", AddressProblem.LOOPBACK),
        ("https://localhost/callback", AddressProblem.LOOPBACK),
        ("https://*.example.org/callback", AddressProblem.WILDCARD),
        ("https://parking.example.org/callback#x", AddressProblem.FRAGMENT),
        ("java\tscript:alert(1)", AddressProblem.CHARACTER),
        ("https://10.0.0.1/callback", AddressProblem.HOST_IS_NUMBER),
    ],
)
def test_no_address_that_is_unfit_for_residents_gets_into_a_draft(
    address: str, problem: AddressProblem
) -> None:
    with pytest.raises(ApplicationRefusedError) as refused:
        rounds.drafted(redirect_uris=[address])
    assert problem in {finding.problem for finding in refused.value.findings}
    assert Submission.objects.get().proposal == {}


def test_the_addresses_of_the_sandbox_do_not_go_live_by_themselves() -> None:
    sandbox = rounds.sandbox()
    draft = operations.draft(application=sandbox, by=resident(rounds.owner(sandbox)))
    with pytest.raises(NotReadyError) as refused:
        operations.submit(submission=draft, account=rounds.owner(sandbox), tried=TRIED)
    assert Item.ADDRESSES in refused.value.missing


def test_gaps_are_named_and_nothing_is_sent() -> None:
    submission = rounds.drafted()
    organisation = submission.application.organisation
    organisation.members.filter(role=Member.Role.OWNER).last().delete()  # type: ignore[union-attr]
    organisation.proofs.update(state="lapsed")
    account = rounds.owner(submission.application)
    with pytest.raises(NotReadyError) as refused:
        operations.submit(
            submission=submission, account=account, tried=replace(TRIED, refused=None)
        )
    assert refused.value.missing == (Item.OWNERS, Item.PROOF, Item.REFUSAL)
    assert Submission.objects.get().state == "draft"
    assert not _mails("partners/submission_waiting")


def test_a_small_organisation_may_have_the_council_for_its_second_owner() -> None:
    submission = rounds.drafted()
    organisation = submission.application.organisation
    organisation.members.filter(role=Member.Role.OWNER).last().delete()  # type: ignore[union-attr]
    organisation.council_owner_since = timezone.now()
    organisation.save()
    account = rounds.owner(submission.application)
    sent = operations.submit(submission=submission, account=account, tried=TRIED)
    assert sent.state == "submitted"


def test_an_owner_whose_account_is_closed_does_not_count() -> None:
    submission = rounds.drafted()
    other = submission.application.organisation.members.last()
    assert other is not None
    other.account.status = "closed"
    other.account.save()
    assert not queries.facts(submission, tried=TRIED).has_owners


def test_two_accounts_of_one_mailbox_are_not_two_owners() -> None:
    submission = rounds.drafted()
    one, other = submission.application.organisation.members.all()
    key = EmailAddress.objects.get(account=one.account).address_key
    EmailAddress.objects.filter(account=other.account).update(address_key=key)
    with pytest.raises(NotReadyError) as refused:
        operations.submit(submission=submission, account=one.account, tried=TRIED)
    assert refused.value.missing == (Item.OWNERS,)


def test_a_suspended_organisation_asks_for_nothing() -> None:
    submission = rounds.drafted()
    organisation = submission.application.organisation
    organisation.status = organisation.Status.SUSPENDED
    organisation.save()
    with pytest.raises(NotReadyError):
        operations.submit(
            submission=submission, account=rounds.owner(submission.application), tried=TRIED
        )


def test_a_notice_that_was_reachable_counts_for_its_own_address_and_not_for_ever() -> None:
    submission = rounds.drafted()
    assert queries.facts(submission, tried=TRIED).notice_is_reachable
    submission.notice_asked_at = timezone.now() - timedelta(days=31)
    assert not queries.facts(submission, tried=TRIED).notice_is_reachable
    submission.notice_asked_at = timezone.now()
    submission.notice_address = "https://elsewhere.example.org/privacy"
    assert not queries.facts(submission, tried=TRIED).notice_is_reachable


def test_approvers_hear_of_it_unless_they_are_members_and_owners_of_each_step() -> None:
    draft, approver, member = rounds.drafted(), rounds.approver(), rounds.approver()
    members = draft.application.organisation.members
    members.create(account=factories.own_account(member), role=Member.Role.VIEWER)
    other = members.order_by("pk")[1].account
    operations.submit(submission=draft, account=rounds.owner(draft.application), tried=TRIED)
    waiting = OutboundMessage.objects.filter(template="partners/submission_waiting")
    assert [mail.account for mail in waiting] == [approver]
    changed = OutboundMessage.objects.filter(template="partners/submission_changed")
    assert [mail.account for mail in changed] == [other]


def test_what_was_sent_can_be_taken_back_changed_and_sent_again() -> None:
    submission = rounds.submitted()
    account = rounds.owner(submission.application)
    draft = operations.take_back(submission=submission, by=resident(account))
    assert draft.state == "draft"
    assert draft.version > submission.version
    with pytest.raises(SubmissionRefusedError):
        operations.take_back(submission=submission, by=resident(account))
    operations.submit(submission=draft, account=account, tried=TRIED)


def test_a_withdrawn_round_is_over_and_the_next_begins_with_what_it_asked_for() -> None:
    submission = rounds.submitted()
    application = submission.application
    by = resident(rounds.owner(application))
    operations.withdraw(submission=submission, by=by)
    for write in (operations.withdraw, operations.take_back):
        with pytest.raises(SubmissionRefusedError):
            write(submission=submission, by=by)
    again = operations.draft(application=application, by=by)
    assert (again.round, again.agreement_reference) == (2, "DSA-2026-17")
    assert queries.proposed(again).addresses.redirect_uris == (rounds.LIVE_ADDRESS,)


def test_there_is_one_round_at_a_time() -> None:
    application = rounds.sandbox()
    by = resident(rounds.owner(application))
    first = operations.draft(application=application, by=by)
    assert operations.draft(application=application, by=by) == first


@pytest.mark.parametrize("text", ["", " \n ", "x" * 2001, "a\u202eb", "zero\u200bwidth"])
def test_a_comment_must_be_something_to_read(text: str) -> None:
    submission = rounds.submitted()
    account = rounds.owner(submission.application)
    with pytest.raises(TextRefusedError):
        comments.comment(submission=submission, account=account, text=text, of_council=False)
    assert not submission.comments.exists()


def test_a_comment_of_the_council_is_told_to_owners() -> None:
    submission = rounds.submitted()
    comments.comment(
        submission=submission, account=rounds.approver(), text="Why\r\nso long?", of_council=True
    )
    assert submission.comments.get().text == "Why\nso long?"
    # One of two owners heard that it was sent; now both hear of this.
    assert _mails("partners/submission_changed") == 3


def test_approvers_hear_of_the_first_answer_to_a_comment_of_the_council_and_of_no_other() -> None:
    submission, approver = rounds.submitted(), rounds.approver()
    account = rounds.owner(submission.application)

    def say(*, of_council: bool) -> int:
        who = approver if of_council else account
        comments.comment(submission=submission, account=who, text="x", of_council=of_council)
        return _mails("partners/submission_waiting")

    before = say(of_council=False)
    assert say(of_council=True) == before
    assert [say(of_council=False) for _ in range(3)] == [before + 1] * 3
    operations.take_back(submission=submission, by=resident(account))
    submission.refresh_from_db()
    say(of_council=True)
    assert say(of_council=False) == before + 1


def test_no_event_holds_what_somebody_wrote() -> None:
    submission = rounds.submitted()
    account = rounds.owner(submission.application)
    comments.comment(submission=submission, account=account, text="hush", of_council=False)
    rounds.sign(submission, rounds.approver(), refuses=True, reason="hush")
    details = AuditEvent.objects.values_list("detail", "reason")
    assert "hush" not in str(list(details))
