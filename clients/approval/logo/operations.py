"""Writes the pictures that live applications are to have."""

from hashlib import sha256

from django.db import transaction

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from clients.applications.logo import operations as logos
from clients.applications.logo.drawing import drawn, png
from clients.approval import queries
from clients.approval.operations import draft, of_state, recorded
from clients.models import Application, ApplicationLogo, ProposedLogo, Submission


def propose(*, application: Application, file: bytes, by: Actor) -> Submission:
    """Draw the picture of a file anew, and ask in a draft that the application gets it.

    A picture that is refused begins no draft.

    Raises:
        LogoRefusedError: it is no picture of a fit kind and size, or another organisation's.
        SubmissionRefusedError: what is under way is no draft any more.
    """
    picture = drawn(file)
    return _keep(application, png(picture), picture.size, by=by)


@transaction.atomic
def propose_none(*, application: Application, by: Actor) -> None:
    """Ask in a draft that the application has no picture any more.

    Raises:
        SubmissionRefusedError: what is under way is no draft any more.
    """
    row = of_state(draft(application=application, by=by), Submission.State.DRAFT)
    none = {"digest": "", "png": None, "width": 0, "height": 0}
    ProposedLogo.objects.update_or_create(submission=row, defaults=none)
    _changed(row, by=by)


@transaction.atomic
def leave(*, application: Application, by: Actor) -> None:
    """Leave the picture as it is; nothing happens where no draft asks for another.

    Raises:
        SubmissionRefusedError: what is under way is no draft any more.
    """
    open_one = queries.open_one(application)
    if open_one is None:
        return
    row = of_state(open_one, Submission.State.DRAFT)
    if ProposedLogo.objects.filter(submission=row).delete()[0]:
        _changed(row, by=by)


def bring_about(submission: Submission, *, by: Actor) -> None:
    """Let the live application have the picture that was approved, as a part of a write."""
    row = ProposedLogo.objects.filter(submission=submission).first()
    if row is None:
        return
    if row.png is None:
        logos.remove(application=submission.application, by=by)
        return
    picture = ApplicationLogo(png=row.png, width=row.width, height=row.height)
    logos.take_over(application=submission.application, logo=picture, by=by)


@transaction.atomic
def _keep(application: Application, body: bytes, size: tuple[int, int], *, by: Actor) -> Submission:
    row = of_state(draft(application=application, by=by), Submission.State.DRAFT)
    logos.refuse_of_another(row.application, body)
    width, height = size
    picture = {"digest": sha256(body).hexdigest(), "png": body, "width": width, "height": height}
    ProposedLogo.objects.update_or_create(submission=row, defaults=picture)
    _changed(row, by=by)
    return row


def _changed(row: Submission, *, by: Actor) -> None:
    row.version += 1
    row.save(update_fields=["version"])
    recorded(Event.SUBMISSION_CHANGED, row, by=by)
