"""A privacy notice that refuses programs is read by the council, and an operator notes it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.audit.actor import OPERATOR, ActorKind, resident
from accounts.models import Account, AuditEvent, OutboundMessage, StaffRole
from clients.approval import operations, page, queries
from clients.approval.privacy_notice.operations import ask
from clients.approval.rules import Item, Mark
from clients.models import Application, NoticeReading, Submission
from tests import factories
from tests.accounts.security.outgoing.servers import answering, serving
from tests.clients.approval import rounds
from tests.commands import refused, run
from tests.idp.portal.going_live.steps import approver_at, browser_of, page_of, sent

pytestmark = pytest.mark.django_db
READER = "ada@council.example"


@pytest.fixture(autouse=True)
def no_demonstration(settings: Settings) -> None:
    """Let no live application of this machine be, as the demonstration does."""
    settings.DEMO = False


@pytest.fixture
def reader() -> Account:
    """Return somebody of the council."""
    return factories.staff_member("support", address=READER, full_name="Ada Obi").account


@pytest.fixture
def draft(reader: Account) -> Submission:
    """Return a draft whose privacy notice refuses our server."""
    del reader
    row = rounds.drafted()
    row.notice_answer = "status_403"
    row.save(update_fields=["notice_answer"])
    return row


def _note(draft: Submission, address: str = rounds.NOTICE) -> dict[str, Any]:
    shown: dict[str, Any] = run("application", "note-notice", *_typed(_slug(draft), address))
    return shown


def _typed(application: str, address: str = rounds.NOTICE, who: str = READER) -> list[str]:
    return [application, "--address", address, "--read-by", who]


def _refused(draft: Submission, address: str = rounds.NOTICE, who: str = READER) -> str:
    message, code = refused("application", "note-notice", *_typed(_slug(draft), address, who))
    assert code == 1
    assert not NoticeReading.objects.exists()
    assert not AuditEvent.objects.filter(event="application:privacy_notice:read").exists()
    return message


def _slug(draft: Submission) -> str:
    return str(draft.application.slug)


def _line(draft: Submission) -> page.Line:
    facts = queries.facts(draft, tried=rounds.TRIED)
    return next(line for line in page.lines(facts) if line.item is Item.NOTICE)


def test_what_the_council_read_is_done_and_said_to_be_read_and_not_reachable(
    draft: Submission,
) -> None:
    assert _line(draft).mark is Mark.PROBLEM
    assert "ask the council" in _line(draft).how
    shown = _note(draft)
    assert (shown["address"], shown["read_by"]) == (rounds.NOTICE, READER)
    line = _line(draft)
    assert line.mark is Mark.DONE
    assert line.evidence.startswith("Read by somebody of the council on ")
    assert rounds.NOTICE in line.evidence
    assert not queries.facts(draft, tried=rounds.TRIED).notice_is_reachable


def test_it_is_audited_with_the_operator_as_actor_and_told_to_the_owners(
    draft: Submission, reader: Account
) -> None:
    OutboundMessage.objects.all().delete()
    _note(draft)
    event = AuditEvent.objects.get(event="application:privacy_notice:read")
    assert (event.actor_kind, event.detail["reader"]) == (ActorKind.OPERATOR, str(reader.pk))
    assert event.organisation_id == draft.application.organisation_id
    assert OutboundMessage.objects.filter(template="partners/submission_changed").count() == 2
    owner = browser_of(rounds.owner(draft.application))
    history = owner.get(f"/organisations/{draft.application.organisation.slug}/history")
    words = "Parking: somebody of the council read the privacy notice in a browser"
    assert words in history.content.decode()


def test_members_read_that_the_council_can_do_it_then_that_it_did_and_no_name_of_staff(
    draft: Submission,
) -> None:
    owner = browser_of(rounds.owner(draft.application))
    before = owner.get(page_of(draft.application)).content.decode()
    assert "one of its people can read it there instead" in before
    _note(draft)
    after = owner.get(page_of(draft.application)).content.decode()
    assert "Read by somebody of the council on" in after
    assert "Ada Obi" not in after


def test_approvers_read_who_of_the_council_it_was(draft: Submission) -> None:
    _note(draft)
    account = rounds.owner(draft.application)
    operations.submit(submission=draft, account=account, tried=rounds.TRIED)
    shown = approver_at().get(f"/approvals/{draft.pk}").content.decode()
    assert "Read by Ada Obi, of the council, on" in shown
    assert "Ada Obi" not in browser_of(account).get(page_of(draft.application)).content.decode()


def test_a_site_that_refuses_us_again_takes_nothing_from_it(
    draft: Submission, settings: Settings
) -> None:
    with serving(answering(b"", head="HTTP/1.1 403 Forbidden")) as server:
        settings.OUTGOING_ALLOW = [f"127.0.0.1:{server.port}"]
        address = f"http://127.0.0.1:{server.port}/privacy"
        draft.proposal = {**draft.proposal, "privacy_url": address}
        draft.save()
        assert ask(submission=draft, by=OPERATOR) == "status_403"
        _note(draft, address)
        browser = browser_of(rounds.owner(draft.application))
        saved = sent(browser, page_of(draft.application, "/draft/notice"), privacy_url=address)
    assert saved.status_code == 303
    draft.refresh_from_db()
    assert _line(draft).mark is Mark.DONE


def test_it_ends_when_the_draft_names_another_address_and_stays_ended(draft: Submission) -> None:
    _note(draft)
    by = resident(rounds.owner(draft.application))
    other = {"privacy_url": "https://parking.example.org/other"}
    changed = operations.change(submission=draft, parts=other, by=by)
    assert _line(changed).mark is not Mark.DONE
    back = operations.change(submission=changed, parts={"privacy_url": rounds.NOTICE}, by=by)
    assert _line(back).mark is Mark.PROBLEM
    assert not NoticeReading.objects.exists()


def test_it_ends_when_the_address_changes_without_a_word_in_the_draft(draft: Submission) -> None:
    sandbox = draft.application
    draft.proposal = {
        name: value for name, value in draft.proposal.items() if name != "privacy_url"
    }
    draft.save()
    Application.objects.filter(pk=sandbox.pk).update(privacy_url=rounds.NOTICE)
    sandbox.refresh_from_db()
    _note(draft)
    assert _line(draft).mark is Mark.DONE
    sandbox.privacy_url = "https://parking.example.org/other"
    sandbox.save()
    assert _line(draft).mark is not Mark.DONE


def test_it_stays_when_something_else_of_the_draft_changes(draft: Submission) -> None:
    _note(draft)
    by = resident(rounds.owner(draft.application))
    changed = operations.change(submission=draft, parts={"contacts": ["Kim"]}, by=by)
    assert _line(changed).mark is Mark.DONE


def test_it_counts_for_thirty_days(draft: Submission) -> None:
    _note(draft)
    NoticeReading.objects.update(at=timezone.now() - timedelta(days=30))
    assert _line(draft).mark is Mark.PROBLEM


def test_read_again_it_counts_from_then_on_and_by_whoever_read_it_last(draft: Submission) -> None:
    _note(draft)
    NoticeReading.objects.update(at=timezone.now() - timedelta(days=31))
    other = rounds.approver()
    run("application", "note-notice", *_typed(_slug(draft), who=str(other.pk)))
    assert NoticeReading.objects.get().account == other
    assert _line(draft).mark is Mark.DONE


def test_what_names_another_address_by_now_is_refused(draft: Submission) -> None:
    by = resident(rounds.owner(draft.application))
    other = {"privacy_url": "https://parking.example.org/other"}
    operations.change(submission=draft, parts=other, by=by)
    assert "another address by now" in _refused(draft)


def test_a_draft_that_names_no_notice_is_refused(draft: Submission) -> None:
    draft.proposal = {**draft.proposal, "privacy_url": ""}
    draft.save()
    assert "names no privacy notice" in _refused(draft)
    assert "names no privacy notice" in _refused(draft, "")


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_what_was_sent_is_refused(draft: Submission, state: str) -> None:
    Submission.objects.filter(pk=draft.pk).update(state=state)
    assert "sent already" in _refused(draft)


@pytest.mark.parametrize("state", ["live", "refused", "withdrawn"])
def test_a_round_that_is_over_is_refused(draft: Submission, state: str) -> None:
    Submission.objects.filter(pk=draft.pk).update(state=state)
    assert "there is no draft" in _refused(draft)


def test_an_application_or_a_reader_that_is_not_there_is_refused(draft: Submission) -> None:
    message, code = refused("application", "note-notice", *_typed("no-such-application"))
    assert (code, "There is no application 'no-such-application'" in message) == (1, True)
    assert "Nobody of the staff" in _refused(draft, who="nobody@example.org")


@pytest.mark.parametrize("status", ["frozen", "suspended", "closed"])
def test_a_reader_whose_account_is_stopped_is_refused(
    draft: Submission, reader: Account, status: str
) -> None:
    Account.objects.filter(pk=reader.pk).update(status=status)
    assert "role of staff" in _refused(draft)


def test_a_reader_without_a_role_of_staff_is_refused(draft: Submission) -> None:
    StaffRole.objects.all().delete()
    assert "role of staff" in _refused(draft)


def test_a_member_of_the_organisation_reads_nothing_for_the_council(
    draft: Submission, reader: Account
) -> None:
    factories.member(factories.own_account(reader), of=draft.application.organisation)
    assert "member of this organisation" in _refused(draft)


def test_nor_does_a_member_by_another_account_of_their_mailbox(
    draft: Submission, reader: Account
) -> None:
    member = factories.member(factories.account("dee@p.example"), of=draft.application.organisation)
    mailbox = reader.staff_member.work_email
    factories.email_address(member.account, mailbox.upper(), is_primary=False)
    assert "member of this organisation" in _refused(draft)
