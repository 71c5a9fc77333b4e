"""What the council tells everybody, and who of its staff published it."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.held.reasons import NUMBER
from accounts.models import CouncilDetails, Opening, ServiceNotice
from accounts.retention.vocabulary import Endless, Purpose, Table, not_personal, personal

_PUBLIC: Final = "the council's own, and public"
_WHO: Final = _("To show which of our staff published what everybody reads")

TABLES: Final = (
    Table(
        Opening,
        _("When residents could begin to create accounts, and who decided it"),
        Endless(_("As long as this service runs")),
        owner="turned_by",
        groups=(
            personal("turned_by turned_at", Purpose.PARTNERS, kept=_WHO),
            not_personal("id", NUMBER),
            not_personal("is_open opens_on", _PUBLIC),
        ),
    ),
    Table(
        CouncilDetails,
        _("What the council publishes of itself, and who did"),
        Endless(_("As long as this service runs")),
        owner="published_by",
        groups=(
            personal("published_by published_at", Purpose.PARTNERS, kept=_WHO),
            not_personal("number put_back", NUMBER),
            not_personal("values", _PUBLIC),
        ),
    ),
    Table(
        ServiceNotice,
        _("Notices about the service, and who published them"),
        Endless(_("As long as this service runs")),
        owner="published_by",
        groups=(
            personal("published_by published_at taken_down_by", Purpose.PARTNERS, kept=_WHO),
            not_personal("id", NUMBER),
            not_personal("text starts_at ends_at taken_down_at", _PUBLIC),
        ),
    ),
)
