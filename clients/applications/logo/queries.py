"""Reads the pictures of applications."""

from typing import Final

from django.urls import reverse

from clients.models import Application, ApplicationLogo, ProposedLogo, Submission

_ASKED: Final = (Submission.State.DRAFT, Submission.State.SUBMITTED)


def address(application: Application) -> str:
    """Return where the application's picture is shown, empty if it has none."""
    rows = ApplicationLogo.objects.filter(application=application)
    digest = rows.values_list("digest", flat=True).first()
    return reverse("logos:logo", args=[digest]) if digest else ""


def find(digest: str) -> bytes | None:
    """Return the picture of this digest, while an application has it or asks for it."""
    rows = ApplicationLogo.objects.filter(digest=digest)
    shown = rows.exclude(application__status=Application.Status.CLOSED)
    asked = ProposedLogo.objects.filter(digest=digest, submission__state__in=_ASKED)
    body = (
        shown.values_list("png", flat=True).first() or asked.values_list("png", flat=True).first()
    )
    return None if body is None else bytes(body)
