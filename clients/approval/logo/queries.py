"""Reads the pictures that a submission is about."""

from django.urls import reverse

from clients.applications.logo import queries as logos
from clients.approval import queries
from clients.models import ProposedLogo, Submission


def proposed(submission: Submission) -> ProposedLogo | None:
    """Return what is to become of the picture of a live application, if anything."""
    return ProposedLogo.objects.filter(submission=submission).first()


def addresses(submission: Submission) -> dict[str, str]:
    """Return where the picture is that is asked for, and the one that it takes the place of.

    Nothing where nothing becomes of it.
    """
    if queries.makes_live(submission):
        row = queries.logo(submission)
        return {"logo": reverse("logos:logo", args=[row.digest])} if row else {}
    change = proposed(submission) if submission.pk else None
    if change is None:
        return {}
    after = reverse("logos:logo", args=[change.digest]) if change.digest else ""
    return {"logo": after, "logo_before": logos.address(submission.application)}
