"""Reads the pictures of applications."""

from django.urls import reverse

from clients.models import Application, ApplicationLogo


def address(application: Application) -> str:
    """Return where the application's picture is shown, empty if it has none."""
    rows = ApplicationLogo.objects.filter(application=application)
    digest = rows.values_list("digest", flat=True).first()
    return reverse("logos:logo", args=[digest]) if digest else ""


def find(digest: str) -> bytes | None:
    """Return the picture of this digest, while an application has it."""
    rows = ApplicationLogo.objects.filter(digest=digest)
    shown = rows.exclude(application__status=Application.Status.CLOSED)
    body = shown.values_list("png", flat=True).first()
    return None if body is None else bytes(body)
