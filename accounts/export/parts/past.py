"""What happened in an account, and what its owner set in motion."""

from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.audit.events import Event
from accounts.export.part import Asked, Column, Part, Shape
from accounts.export.shapes import FACTS, TEXT
from accounts.history.queries import teams_of
from accounts.history.wording import TOLD
from accounts.holding_back.queries import without_held
from accounts.models import (
    AccountClosing,
    AuditEvent,
    Export,
    Inactivity,
    Leaving,
    StaffRole,
)

_ASKED: Final = _("Asked for")


def _history(asked: Asked) -> QuerySet[Any]:
    # What concerns a service is told by whoever knows which services are kept out of sight.
    rows = AuditEvent.objects.filter(account_id=asked.account.pk, application_id="")
    rows = without_held(rows, asked.account)
    return rows if asked.includes_private else rows.exclude(event=Event.LEAVING_DONE)


def _team(event: Any) -> str:  # noqa: ANN401 - a shape takes any value
    return teams_of([event]).get(event.actor_id, "")


_TEAM: Final = Shape(TEXT, _team)


def _guides(asked: Asked) -> QuerySet[Any]:
    rows = Leaving.objects.filter(account=asked.account)
    return rows if asked.includes_private else rows.none()


PARTS: Final = (
    Part(
        "history",
        _("What happened in your account"),
        _history,
        (
            Column("at", _("When")),
            Column("event", _("What"), words=TOLD),
            Column("by", _("By"), "actor_kind"),
            Column("team", _("Where they work"), ".", _TEAM, covers=("actor_kind",)),
            Column("signed_in", _("Number of where you were signed in"), "session_id"),
            Column("about", _("About"), "object_kind"),
            Column("reason", _("Reason")),
            Column("detail", _("More"), shape=FACTS),
            Column("help_code", _("Help code")),
            Column("case", _("Case"), "case_reference"),
        ),
    ),
    Part(
        "guides",
        _("The guide for when somebody has left"),
        _guides,
        (
            Column("choices", _("What you chose"), shape=FACTS),
            Column("address", _("New email address")),
            Column("tries", _("Wrong codes typed"), "code_tries"),
            Column("confirmed_at", _("Address confirmed")),
            Column("started_at", _("Begun")),
            Column("expires_at", _("Open until")),
            Column("done_at", _("Done")),
        ),
        order="started_at",
    ),
    Part(
        "closings",
        _("Closing your account"),
        lambda asked: AccountClosing.objects.filter(account=asked.account),
        (
            Column("why", _("Why"), "reason"),
            Column("asked_at", _ASKED),
            Column("closes_at", _("To be closed on")),
            Column("closed_at", _("Closed")),
            Column("reopen_until", _("Can be opened again until")),
            Column("cancelled_at", _("Cancelled")),
            Column("reopened_at", _("Opened again")),
            Column("deleted_at", _("Deleted"), "purged_at"),
        ),
        order="asked_at",
    ),
    Part(
        "not_used",
        _("Reminders that you had not used your account"),
        lambda asked: Inactivity.objects.filter(account=asked.account),
        (
            Column("told_at", _("You were told")),
            Column("told_again_at", _("You were told again")),
            Column("announced_at", _("You were told the day")),
            Column("closes_at", _("To be closed on")),
        ),
    ),
    Part(
        "copies",
        _("Copies like this one"),
        lambda asked: Export.objects.filter(account=asked.account),
        (
            Column("number", _("Number"), "id"),
            Column("asked_at", _ASKED),
            Column("state", _("State")),
            Column("failure", _("Why there is none")),
            Column("includes_private", _("With private services")),
            Column("ready_at", _("Ready")),
            Column("expires_at", _("Can be downloaded until")),
            Column("downloads", _("How often it was downloaded")),
        ),
        order="asked_at",
    ),
    Part(
        "staff_roles",
        _("What you may do as one of our staff"),
        lambda asked: StaffRole.objects.filter(account=asked.account),
        (
            Column("role", _("Role")),
            Column("granted_at", _("Since")),
        ),
        order="granted_at",
    ),
)
