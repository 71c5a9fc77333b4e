"""What the page of copies shows."""

from typing import Any, Final

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.export import queries
from accounts.export.sealing import Document
from accounts.export.wording import FAILURES
from accounts.models import Export
from accounts.pages.moments import moment

_KILO: Final = 1024


def words(export: Export | None) -> dict[str, Any]:
    """Return how far the copy is, and what can be done about it."""
    stands = queries.standing_of(export)
    known: dict[str, Any] = {"standing": stands}
    if export is None:
        return known
    return known | {
        "export": export,
        # One that no worker ever ended has none of its own.
        "failure": FAILURES.get(export.failure, FAILURES[Export.Failure.FAULT]),
        "ready_at": moment(export.ready_at) if export.ready_at else "",
        "expires_at": moment(export.expires_at),
        "page_url": reverse("export:download", args=[export.pk, Document.PAGE]),
        "page_size": _size(export.page_size),
        "json_url": reverse("export:download", args=[export.pk, Document.JSON]),
        "json_size": _size(export.json_size),
        "delete_url": reverse("export:delete", args=[export.pk]),
    }


def _size(count: int) -> str:
    kilobytes = -(-count // _KILO)
    if kilobytes < _KILO:
        return _("{size} KB").format(size=kilobytes)
    return _("{size} MB").format(size=number_format(kilobytes / _KILO, 1))
