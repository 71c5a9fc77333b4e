"""Writes what operators want of applications; of live ones, two people look at it first."""

from collections.abc import Callable
from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.notices.catalogue import Template
from clients.applications import operations as applications
from clients.applications.changing import operations as changing
from clients.applications.changing.operations import Changed
from clients.applications.changing.rules import to_review
from clients.applications.columns import described
from clients.applications.operations import Created
from clients.applications.parts import Parts, differing, parts_of, with_parts
from clients.applications.registration import Registration
from clients.applications.rules import Finding, RegistrationProblem
from clients.applications.writing import locked, refuse
from clients.approval import operations, queries, telling
from clients.approval.operators.queries import is_untouched, waits
from clients.approval.operators.rules import Emergency
from clients.models import Application, Organisation, Submission

_MAILS: Final = {
    Emergency.OUTAGE: Template.CHANGED_IN_OUTAGE,
    Emergency.SAFETY: Template.CHANGED_FOR_SAFETY,
    Emergency.LAW: Template.CHANGED_BY_LAW,
}
_ENDED: Final = frozenset({Application.Status.RETIRED, Application.Status.CLOSED})


class OthersAskError(Exception):
    """The organisation asks for changes of its own, or prepares them: in this submission."""

    def __init__(self, submission: Submission) -> None:
        super().__init__(submission.state)
        self.submission = submission


@transaction.atomic
def create(
    *,
    organisation: Organisation,
    registration: Registration,
    emergency: Emergency | None = None,
    by: Actor,
) -> Created:
    """Create an application; a partner's live one comes of a sandbox application, by approval.

    Raises:
        ApplicationRefusedError: it is unfit, or live without an emergency.
    """
    passes_review = registration.live and not organisation.is_council
    if passes_review and emergency is None:
        refuse([Finding("live", RegistrationProblem.REVIEWED)])
    made = applications.create(organisation=organisation, registration=registration, by=by)
    if passes_review and emergency is not None:
        _tell_why(emergency, made.application, parts="all", by=by)
    return made


@transaction.atomic
def alter(
    *,
    application: Application,
    change: Callable[[Registration], Registration],
    emergency: Emergency | None = None,
    by: Actor,
) -> Changed:
    """Change an application. What is risky of a live one waits until two people approved it.

    `change` is given what an operator asked for before, if that still waits: another change adds
    to it, the same one changes nothing. In an emergency all counts at once.

    Raises:
        ApplicationRefusedError: the change is unfit, or the application has ended.
        OthersAskError: the organisation asks for something else, or is about to.
    """
    row = locked(application)
    now = described(row)
    if not now.live:
        return changing.become(application=row, registration=change(now), by=by)
    wanted = _wanted(row, now, change, in_emergency=emergency is not None)
    risky = to_review(parts_of(now), wanted)
    waiting = {name: wanted[name] for name in sorted(risky)} if emergency is None else None
    at_once = {name: value for name, value in wanted.items() if name not in (waiting or {})}
    asked = _asked(row)
    changed = Changed(row)
    if at_once:
        after = with_parts(now, at_once)
        changed = changing.become(application=row, registration=after, by=by)
    if emergency is not None and risky:
        _tell_why(emergency, row, parts=" ".join(sorted(risky)), by=by)
    _ask(changed.application, waiting, moved=not at_once.keys().isdisjoint(asked), by=by)
    return changed


def _wanted(
    row: Application,
    now: Registration,
    change: Callable[[Registration], Registration],
    *,
    in_emergency: bool,
) -> Parts:
    """Return the parts that are to become others than they are.

    Raises:
        ApplicationRefusedError: they are unfit, or the application has ended.
    """
    open_one = queries.open_one(row)
    # Nothing that waits for approval comes along with what cannot wait.
    adds = open_one is not None and queries.is_of_operator(open_one) and not in_emergency
    after = change(queries.proposed(open_one) if adds and open_one else now)
    changing.refuse_unfit(row, now, after)
    wanted = differing(now, after)
    if wanted and row.status in _ENDED:
        refuse([Finding("application", RegistrationProblem.CLOSED, row.slug)])
    return wanted


def _asked(row: Application) -> Parts:
    open_one = queries.open_one(row)
    return queries.changes(open_one) if open_one else {}


def _ask(row: Application, waiting: Parts | None, *, moved: bool, by: Actor) -> None:
    """Have what waits reviewed; None leaves it as it was. `moved`: a part of it counts already.

    Raises:
        OthersAskError: the organisation asks for something else, or is about to.
    """
    open_one, asked = queries.open_one(row), _asked(row)
    if open_one is not None and queries.is_of_operator(open_one):
        _ask_instead(open_one, asked if waiting is None else waiting, moved=moved, by=by)
    elif open_one is None or is_untouched(open_one):
        if waiting:
            _hand_in(operations.draft(application=row, by=by), waiting, by=by)
    elif waiting and not (waits(open_one) and waiting.items() <= asked.items()):
        raise OthersAskError(open_one)
    elif moved and waits(open_one):
        _have_looked_at_again(open_one, by=by)


def _hand_in(draft: Submission, parts: Parts, *, by: Actor) -> None:
    """Send it to the approvers, without the checklist: that asks what organisations have done."""
    application = draft.application
    draft.proposal = parts
    draft.agreement_reference = application.agreement_reference
    draft.agreement_ends_on = application.agreement_ends_on
    draft.state, draft.submitted_at = Submission.State.SUBMITTED, timezone.now()
    draft.version += 1
    draft.save()
    operations.recorded(Event.SUBMISSION_SUBMITTED, draft, by=by)
    telling.tell_approvers(draft)
    telling.tell_owners(draft, Template.SUBMISSION_CHANGED)


def _ask_instead(submission: Submission, parts: Parts, *, moved: bool, by: Actor) -> None:
    if not parts:
        operations.withdraw(submission=submission, by=by)
    elif moved or parts != queries.changes(submission):
        submission.proposal = parts
        _have_looked_at_again(submission, by=by)


def _have_looked_at_again(submission: Submission, *, by: Actor) -> None:
    """Make what was signed off so far void: it was for another difference."""
    submission.version += 1
    submission.save(update_fields=["proposal", "version"])
    operations.recorded(Event.SUBMISSION_CHANGED, submission, by=by)
    telling.tell_approvers(submission)
    telling.tell_owners(submission, Template.SUBMISSION_CHANGED)


def _tell_why(emergency: Emergency, row: Application, *, parts: str, by: Actor) -> None:
    about = About(
        organisation_id=row.organisation_id,
        application_id=row.client_id,
        reason=emergency,
        detail={"parts": parts},
    )
    record(Event.REVIEW_OVERRIDDEN, by=by, about=about)
    telling.tell_owners_of(row, _MAILS[emergency])
