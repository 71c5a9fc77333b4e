"""What the auditors' pages show of an event."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.audit.actor import ActorKind
from accounts.models import AuditEvent, StaffMember
from accounts.pages.moments import exact_moment
from idp.console.audit import queries
from idp.console.audit.wording import ACTORS, event_words, plain


@dataclass(frozen=True)
class Line:
    """One event found."""

    event: AuditEvent
    words: str
    who: str
    concerns: list[str]


@dataclass(frozen=True)
class Column:
    """One column of an event: `name` is the one in an export, `also` says what it stands for."""

    label: str
    name: str
    value: str
    also: str = ""


def lines(events: Sequence[AuditEvent]) -> list[Line]:
    """Return what is shown of each event found."""
    people = queries.people({one.actor_id for one in events if one.actor_kind == ActorKind.STAFF})
    return [
        Line(one, event_words(one.event), who(one, people.get(one.actor_id)), [*_concerns(one)])
        for one in events
    ]


def who(event: AuditEvent, member: StaffMember | None) -> str:
    """Return who did it: by name of the council's own people alone."""
    kind = str(ACTORS.get(event.actor_kind, event.actor_kind))
    if member is not None:
        named = _("%(name)s, %(team)s") if member.team else "%(name)s"
        return named % {"name": member.account.full_name, "team": member.team}
    return f"{kind}: {event.actor_id}" if event.actor_id else kind


def _concerns(event: AuditEvent) -> Iterator[str]:
    if event.account_id:
        yield _("Account %(id)s") % {"id": event.account_id}
    if event.application_id:
        yield _("Application %(id)s") % {"id": event.application_id}
    # Whoever edited the row may have left something else there.
    act = event.detail.get("act") if isinstance(event.detail, dict) else None
    if isinstance(act, str) and act:
        yield plain(act)
    if event.reason:
        yield plain(event.reason)
    if event.case_reference:
        yield _("Case %(reference)s") % {"reference": event.case_reference}


def columns(event: AuditEvent) -> list[Column]:
    """Return every column of an event, in the order of reading."""
    member = queries.people({event.actor_id}).get(event.actor_id)
    exact = event.at.isoformat(sep=" ", timespec="microseconds")
    rows = [
        Column(_("Number"), "id", str(event.pk)),
        Column(_("Time"), "at", exact_moment(event.at), exact),
        Column(_("What happened"), "event", event.event, event_words(event.event)),
        Column(
            _("Kind of actor"),
            "actor_kind",
            event.actor_kind,
            str(ACTORS.get(event.actor_kind, "")),
        ),
        Column(_("Actor"), "actor_id", event.actor_id, _of_staff(member)),
        Column(_("Account"), "account_id", _text(event.account_id)),
        Column(_("Sign-in"), "session_id", _text(event.session_id)),
        Column(
            _("Organisation"),
            "organisation_id",
            _text(event.organisation_id),
            queries.organisation_name(event.organisation_id),
        ),
        Column(
            _("Application"),
            "application_id",
            event.application_id,
            queries.application_name(event.application_id),
        ),
        Column(_("Kind of thing"), "object_kind", event.object_kind, plain(event.object_kind)),
        Column(_("Thing"), "object_id", event.object_id),
        Column(_("Reason"), "reason", event.reason, plain(event.reason)),
        Column(_("Help code"), "help_code", event.help_code),
        Column(_("Case reference"), "case_reference", event.case_reference),
        Column(_("Transaction"), "transaction_id", str(event.transaction_id)),
    ]
    return [*rows, *_details(event)]


def _details(event: AuditEvent) -> Iterator[Column]:
    found = event.detail
    # Whoever edited the row may have left something else there.
    pairs = found.items() if isinstance(found, dict) else [("detail", found)]
    for name, value in pairs:
        yield Column(_("Detail: %(name)s") % {"name": plain(str(name))}, "detail", str(value))


def _of_staff(member: StaffMember | None) -> str:
    return f"{member.account.full_name}, {member.work_email}" if member else ""


def _text(value: object) -> str:
    return str(value) if value else ""
