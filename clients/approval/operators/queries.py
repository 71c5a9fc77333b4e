"""Reads whose a submission is, and what of an application waits."""

from clients.applications.parts import Parts
from clients.approval import queries
from clients.models import Application, ProposedLogo, Submission

State = Submission.State


def waits(submission: Submission) -> bool:
    """Say whether it waits for approvers."""
    return submission.state == State.SUBMITTED


def is_untouched(submission: Submission) -> bool:
    """Say whether it is a draft that asks for nothing yet."""
    row = submission.application
    agreement = (submission.agreement_reference, submission.agreement_ends_on)
    return (
        submission.state == State.DRAFT
        and agreement == (row.agreement_reference, row.agreement_ends_on)
        and not queries.changes(submission)
        and not ProposedLogo.objects.filter(submission=submission).exists()
    )


def waiting(application: Application) -> tuple[Submission, Parts] | None:
    """Return what waits for approvers to change a live application, and the parts that it is."""
    if application.environment != Application.Environment.LIVE:
        return None
    open_one = queries.open_one(application)
    if open_one is None or not waits(open_one):
        return None
    return open_one, queries.changes(open_one)
