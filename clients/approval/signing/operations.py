"""Writes sign-offs."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.audit.actor import Actor, staff
from accounts.audit.events import Event
from accounts.models import Account
from accounts.notices.catalogue import Template
from clients.applications import operations as applications
from clients.applications.changing import operations as changing
from clients.applications.writing import locked
from clients.approval import queries as submissions
from clients.approval import telling
from clients.approval.agreements.rules import PAST
from clients.approval.logo import operations as logos
from clients.approval.operations import end, recorded
from clients.approval.rules import Answer, Refusal, why_not
from clients.approval.signing import queries
from clients.models import Application, SignOff, Submission

State, Decision = Submission.State, SignOff.Decision
_BOTH = frozenset(SignOff.Kind.values)


class SignOffRefusedError(Exception):
    """It does not count; `reason` names why, `standing` is how the submission stands now."""

    def __init__(self, reason: Refusal, submission: Submission) -> None:
        super().__init__(reason)
        self.reason = reason
        self.submission = submission


@dataclass(frozen=True)
class Signed:
    """What came of a sign-off: the submission as it is now, which may be approved by it."""

    submission: Submission


@transaction.atomic
def sign(*, submission: Submission, account: Account, answer: Answer) -> Signed:
    """Sign a submission off, or refuse it, as one of the council's two.

    The second approval makes it approved; of a live application its changes count at once.

    One whose signer may not approve any more is set aside, and another must give it.

    Raises:
        SignOffRefusedError: it does not count.
        ApplicationRefusedError: the live application cannot become this any more.
    """
    application = locked(submission.application)
    row = Submission.objects.select_for_update(no_key=True).get(pk=submission.pk)
    row.application = application
    now = _held(row, account)
    if reason := why_not(answer, queries.standing(row, now)):
        raise SignOffRefusedError(reason, row)
    by = staff(account)
    _set_aside(row, by=by)
    SignOff.objects.create(
        submission=row,
        version=row.version,
        kind=answer.kind,
        decision=Decision.REFUSED if answer.refuses else Decision.APPROVED,
        account=account,
        reason=answer.reason.strip(),
    )
    event = Event.SUBMISSION_REFUSED if answer.refuses else Event.SUBMISSION_SIGNED_OFF
    recorded(event, row, by=by, kind=answer.kind)
    if answer.refuses:
        end(row, State.REFUSED)
        telling.tell_owners(row, Template.SUBMISSION_CHANGED)
    elif {one.kind for one in queries.signed(row)} >= _BOTH:
        _approve(row, by=by)
    return Signed(row)


@transaction.atomic
def set_aside_of(*, account: Account, by: Actor) -> None:
    """Have others sign what waits, where somebody signed it who left or begins anew.

    At once and for good: a role that they get again later does not bring it back. The caller holds
    the account, which whoever signs last waits for, so that no submission is locked here.
    """
    waiting = SignOff.objects.filter(
        account=account,
        set_aside="",
        submission__state=State.SUBMITTED,
        version=F("submission__version"),
    )
    for row in waiting.select_related("submission__application").order_by("pk"):
        _set_aside(row.submission, by=by)


def _held(submission: Submission, account: Account) -> Account:
    """Return the account as it is now. Until this ends, none that signed loses its role or stops.

    Else the last sign-off could count beside one whose signer is out already.
    """
    signers = submission.sign_offs.filter(version=submission.version).values("account")
    rows = Account.objects.select_for_update(no_key=True).order_by("pk")
    held = {row.pk: row for row in rows.filter(Q(pk=account.pk) | Q(pk__in=signers))}
    return held[account.pk]


def _set_aside(submission: Submission, *, by: Actor) -> None:
    """Have others sign what was signed by somebody who may not any more."""
    gone = [(one.row, one.aside) for one in queries.given(submission) if one.aside]
    for row, aside in gone:
        if not row.set_aside:
            row.set_aside = aside
            row.save(update_fields=["set_aside"])
            recorded(Event.SIGN_OFF_SET_ASIDE, submission, by=by, kind=row.kind, why=aside)
            telling.tell_approvers(submission)


def _approve(submission: Submission, *, by: Actor) -> None:
    recorded(Event.SUBMISSION_APPROVED, submission, by=by)
    if submissions.makes_live(submission):
        submission.state = State.APPROVED
        submission.save(update_fields=["state"])
    else:
        _bring_about(submission, by=by)
        end(submission, State.LIVE)
    telling.tell_owners(submission, Template.SUBMISSION_CHANGED)


def _bring_about(submission: Submission, *, by: Actor) -> None:
    """Let a live application become what was approved."""
    application, wanted = submission.application, submissions.proposed(submission)
    changing.become(application=application, registration=wanted, by=by)
    logos.bring_about(submission, by=by)
    row = locked(application)
    row.agreement_reference = submission.agreement_reference
    row.agreement_ends_on = submission.agreement_ends_on
    stopped_by_end = row.agreement_told == PAST
    lasts = row.agreement_ends_on is not None and row.agreement_ends_on >= timezone.localdate()
    row.agreement_told = None if lasts else row.agreement_told
    row.save(update_fields=["agreement_reference", "agreement_ends_on", "agreement_told"])
    if stopped_by_end and lasts and row.status == Application.Status.SUSPENDED:
        applications.reinstate(application=row, by=by)
