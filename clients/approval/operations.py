"""Writes what an organisation asks the council to approve."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.audit.actor import Actor, ActorKind, resident
from accounts.audit.events import Event
from accounts.models import Account
from accounts.notices.catalogue import Template
from clients.applications.changing import operations as changing
from clients.applications.changing.rules import FOLLOWED, ITS_OWN, to_review
from clients.applications.columns import described
from clients.applications.parts import Parts, differing, parts_of, with_parts
from clients.applications.writing import locked, refuse
from clients.applications.writing import recorded as recorded_of
from clients.approval import evidence, queries, telling
from clients.approval.rules import Item, Tried, checklist, gaps
from clients.models import Application, NoticeReading, ProposedLogo, Submission
from clients.organisations.rules import holds_unseen

State = Submission.State


class SubmissionRefusedError(Exception):
    """The submission is not where this can be done; `state` is where it is."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class NotReadyError(Exception):
    """Lines of the checklist are missing; `missing` names them."""

    def __init__(self, missing: list[Item]) -> None:
        super().__init__(*missing)
        self.missing = tuple(missing)


class NothingToAskError(Exception):
    """A live application is already what the draft asks for."""


class TextRefusedError(Exception):
    """A text says nothing, too much, or holds what cannot be seen."""


@transaction.atomic
def draft(*, application: Application, by: Actor) -> Submission:
    """Return the round that is under way for the application, or begin the next.

    A new round begins with what was proposed in the last.
    """
    row = locked(application)
    if open_one := queries.open_one(row):
        return open_one
    last = row.submissions.order_by("round").last()
    kept = last if last is not None and last.state != State.LIVE else None
    submission = Submission.objects.create(
        application=row,
        round=(row.submissions.aggregate(last=Max("round"))["last"] or 0) + 1,
        proposal=_asked(kept) if kept else {},
        agreement_reference=kept.agreement_reference if kept else row.agreement_reference,
        agreement_ends_on=kept.agreement_ends_on if kept else row.agreement_ends_on,
    )
    for logo in ProposedLogo.objects.filter(submission=kept) if kept else ():
        logo.submission = submission
        logo.save(force_insert=True)
    recorded(Event.SUBMISSION_CHANGED, submission, by=by)
    return submission


@transaction.atomic
def change(*, submission: Submission, parts: Parts, by: Actor) -> Submission:
    """Change what a draft asks for; parts that are not named stay as they are.

    Raises:
        SubmissionRefusedError: it is no draft any more.
        ApplicationRefusedError: a part is unfit for a live application.
    """
    row = of_state(submission, State.DRAFT)
    refuse(queries.new_findings(row, parts))
    row.proposal = {**row.proposal, **parts}
    # Whoever read the notice read that of another address.
    named = queries.proposed(row).privacy_url
    NoticeReading.objects.filter(submission=row).exclude(address=named).delete()
    return _changed(row, by=by)


@transaction.atomic
def agree(*, submission: Submission, reference: str, ends_on: date | None, by: Actor) -> Submission:
    """Name the data sharing agreement that a draft rests on, and its last day.

    Raises:
        SubmissionRefusedError: it is no draft any more.
        TextRefusedError: the reference holds what cannot be seen; approvers would read another.
    """
    row = of_state(submission, State.DRAFT)
    if holds_unseen(reference):
        raise TextRefusedError
    row.agreement_reference, row.agreement_ends_on = reference, ends_on
    return _changed(row, by=by)


@transaction.atomic
def follow(*, application: Application, by: Actor) -> Submission | None:
    """Take over into the draft of a live application what its sandbox is by now.

    Not the addresses: those are the live one's own. Nothing happens without a sandbox, or while the
    council has the draft.
    """
    sandbox = locked(application).made_from
    if sandbox is None:
        return None
    draft_now = draft(application=application, by=by)
    if draft_now.state != State.DRAFT:
        return None
    row = of_state(draft_now, State.DRAFT)
    news = differing(described(row.application), described(sandbox))
    row.proposal = {
        **row.proposal,
        **{name: value for name, value in news.items() if name in FOLLOWED},
    }
    return _changed(row, by=by)


def _changed(row: Submission, *, by: Actor) -> Submission:
    row.version += 1
    row.save()
    recorded(Event.SUBMISSION_CHANGED, row, by=by)
    return row


@transaction.atomic
def submit(
    *, submission: Submission, account: Account, tried: Tried, by: Actor | None = None
) -> Submission:
    """Send a draft to the council, as it stands now, and let the approvers know.

    `by`: a program that does it in the name of the account.

    Raises:
        SubmissionRefusedError: it is no draft any more.
        NotReadyError: the checklist has gaps.
        NothingToAskError: nothing of a live application would change.
        ApplicationRefusedError: a harmless change of it is unfit by now.
    """
    row, by = of_state(submission, State.DRAFT), by or resident(account)
    if not queries.makes_live(row) and _done_at_once(row, by=by):
        return row
    facts = queries.facts(row, tried=queries.needed(row.application, tried))
    if missing := gaps(checklist(facts)):
        raise NotReadyError(missing)
    row.checklist = evidence.kept(facts)
    if queries.makes_live(row):
        # All of it: what is looked at stays, whatever becomes of the sandbox meanwhile.
        row.proposal = parts_of(queries.proposed(row))
    row.state, row.submitted_by, row.submitted_at = State.SUBMITTED, account, timezone.now()
    row.version += 1
    row.save()
    recorded(Event.SUBMISSION_SUBMITTED, row, by=by)
    telling.tell_approvers(row)
    telling.tell_owners(row, Template.SUBMISSION_CHANGED, unless=account)
    return row


def _asked(submission: Submission) -> Parts:
    """Return the parts that its draft asked for; all else a sandbox may have changed by now."""
    if not queries.makes_live(submission):
        return dict(submission.proposal)
    return {name: value for name, value in submission.proposal.items() if name in ITS_OWN}


def _done_at_once(row: Submission, *, by: Actor) -> bool:
    """Let what harms nobody count at once; say whether that was all there is.

    Raises:
        NothingToAskError: there is nothing at all.
    """
    application, wanted = row.application, queries.changes(row)
    agreement = (row.agreement_reference, row.agreement_ends_on)
    agreed = agreement == (application.agreement_reference, application.agreement_ends_on)
    has_logo = ProposedLogo.objects.filter(submission=row).exists()
    if not wanted and agreed and not has_logo:
        raise NothingToAskError
    before = described(application)
    risky = to_review(parts_of(before), wanted)
    harmless = {name: value for name, value in wanted.items() if name not in risky}
    if harmless:
        after = with_parts(before, harmless)
        changing.become(application=application, registration=after, by=by)
        row.application.refresh_from_db()
    row.proposal = {name: wanted[name] for name in risky}
    # What residents know an application by is looked at like any other risk.
    if risky or has_logo or not agreed:
        return False
    end(row, State.LIVE)
    return True


@transaction.atomic
def take_back(*, submission: Submission, by: Actor) -> Submission:
    """Make a draft of what was sent, to change it; what was signed off meanwhile is void.

    Raises:
        SubmissionRefusedError: it does not wait for the council, or an operator asked for it.
    """
    row = of_state(submission, State.SUBMITTED)
    _refuse_anothers(row, by)
    row.state, row.proposal = State.DRAFT, _asked(row)
    row.version += 1
    row.save(update_fields=["state", "version", "proposal"])
    recorded(Event.SUBMISSION_TAKEN_BACK, row, by=by)
    return row


@transaction.atomic
def withdraw(*, submission: Submission, by: Actor) -> Submission:
    """End the round: nothing is asked of the council any more.

    Raises:
        SubmissionRefusedError: it has ended, or an operator asked for it.
    """
    row = of_state(submission, *queries.OPEN)
    _refuse_anothers(row, by)
    end(row, State.WITHDRAWN)
    recorded(Event.SUBMISSION_WITHDRAWN, row, by=by)
    telling.tell_owners(row, Template.SUBMISSION_CHANGED)
    return row


def _refuse_anothers(submission: Submission, by: Actor) -> None:
    if by.kind != ActorKind.OPERATOR and queries.is_of_operator(submission):
        raise SubmissionRefusedError(submission.state)


def of_state(submission: Submission, *states: str) -> Submission:
    """Return the submission as it is now, locked behind its application, as a part of a write.

    Raises:
        SubmissionRefusedError: it is in none of these states.
    """
    application = locked(submission.application)
    row = Submission.objects.select_for_update(no_key=True).get(pk=submission.pk)
    row.application = application
    if row.state not in states:
        raise SubmissionRefusedError(row.state)
    return row


def end(submission: Submission, state: Submission.State) -> None:
    """Close the round, as a part of a write that records why."""
    submission.state, submission.ended_at = state, timezone.now()
    submission.save(update_fields=["state", "ended_at"])


def recorded(event: Event, submission: Submission, *, by: Actor, **detail: str) -> None:
    """Write the event about the submission into the audit log."""
    number = {"round": str(submission.round), "version": str(submission.version)}
    recorded_of(event, submission.application, by=by, **number, **detail)
