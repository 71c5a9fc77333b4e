"""Reads streams."""

from clients.models import Application
from idp.models import EventStream


def of(application: Application) -> EventStream | None:
    """Return the application's stream."""
    stream = EventStream.objects.filter(application=application, ended_at=None).first()
    if stream is not None:
        stream.application = application
    return stream
