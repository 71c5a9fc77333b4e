"""Writes the pictures of applications."""

from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from clients.applications.logo.drawing import LogoProblem, LogoRefusedError, drawn, png
from clients.applications.writing import locked, recorded
from clients.models import Application, ApplicationLogo


def put(*, application: Application, file: bytes, by: Actor) -> ApplicationLogo:
    """Draw the picture of a file anew, and show it for the application from now on.

    Raises:
        LogoRefusedError: it is no picture of a fit kind and size, or another organisation's.
    """
    picture = drawn(file)
    body = png(picture)
    return _stored(application, body, picture.size, by=by)


@transaction.atomic
def take_over(*, application: Application, logo: ApplicationLogo, by: Actor) -> None:
    """Show for the application the picture of another one of its organisation."""
    _shown(locked(application), bytes(logo.png), (logo.width, logo.height), by=by)


@transaction.atomic
def remove(*, application: Application, by: Actor) -> None:
    """Show no picture for the application any more."""
    row = locked(application)
    if ApplicationLogo.objects.filter(application=row).delete()[0]:
        recorded(Event.APPLICATION_CHANGED, row, by=by, parts="logo")


@transaction.atomic
def _stored(
    application: Application, body: bytes, size: tuple[int, int], *, by: Actor
) -> ApplicationLogo:
    row = locked(application)
    refuse_of_another(row, body)
    return _shown(row, body, size, by=by)


def refuse_of_another(application: Application, body: bytes) -> None:
    """Refuse a picture that an application of another organisation shows.

    Raises:
        LogoRefusedError: one does.
    """
    own = application.organisation_id
    others = ApplicationLogo.objects.exclude(application__organisation=own)
    if others.filter(digest=sha256(body).hexdigest()).exists():
        raise LogoRefusedError(LogoProblem.OF_ANOTHER)


def _shown(row: Application, body: bytes, size: tuple[int, int], *, by: Actor) -> ApplicationLogo:
    width, height = size
    now = {"png": body, "width": width, "height": height, "uploaded_at": timezone.now()}
    logo, _ = ApplicationLogo.objects.update_or_create(
        application=row, defaults={"digest": sha256(body).hexdigest(), **now}
    )
    recorded(Event.APPLICATION_CHANGED, row, by=by, parts="logo")
    return logo
