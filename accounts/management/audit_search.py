"""`manage.py audit search`: what may be searched for, and how what is found is shown."""

from contextlib import suppress
from typing import Final
from uuid import UUID

from accounts.audit.actor import Actor, ActorKind
from accounts.audit.events import Event
from accounts.audit.searching import operations
from accounts.audit.searching.queries import Wanted
from accounts.management.operator_command import Options, Outcome, Refused, Row, argument, count
from accounts.models import AuditEvent
from accounts.profile.queries import find

ARGUMENTS: Final = (
    argument("--account", help="its name, or its id, which may be gone"),
    argument("--organisation", type=UUID, metavar="ID"),
    argument("--application", default="", metavar="CLIENT_ID"),
    argument("--event", type=Event, metavar="EVENT", help="such as account:session:started"),
    argument("--actor", type=ActorKind, metavar="KIND", help=", ".join(ActorKind)),
    argument("--actor-id", default="", metavar="ID"),
    argument("--help-code", default="", type=str.upper, metavar="CODE"),
    argument("--case", default="", metavar="REFERENCE"),
    argument("--below", type=count, metavar="NUMBER", help="the next page, as the last one says"),
)


def found(options: Options, *, by: Actor) -> Outcome:
    """Search, and show a page of what is found."""
    wanted = Wanted(
        account_id=_account_id(options["account"]),
        organisation_id=options["organisation"],
        application_id=options["application"],
        event=options["event"],
        actor_kind=options["actor"],
        actor_id=options["actor_id"],
        help_code=options["help_code"],
        case_reference=options["case"],
        since=options["since"],
        until=options["until"],
    )
    page = operations.search(wanted=wanted, below=options["below"], by=by)
    more = (f"There is more: --below {page.below}",) if page.below else ()
    return Outcome([_row(event) for event in page.events], more)


def _account_id(reference: str | None) -> UUID | None:
    if not reference:
        return None
    with suppress(ValueError):
        return UUID(reference)
    account = find(reference)
    if account is None:
        message = f"There is no account {reference!r}"
        raise Refused(message)
    return account.pk


def _row(event: AuditEvent) -> Row:
    return {
        "id": event.pk,
        "at": event.at,
        "event": event.event,
        "actor": ":".join(filter(None, (event.actor_kind, event.actor_id))),
        "account": event.account_id,
        "organisation": event.organisation_id,
        "application": event.application_id,
        "object": ":".join(filter(None, (event.object_kind, event.object_id))),
        "reason": event.reason,
        "detail": event.detail,
        "help_code": event.help_code,
        "case": event.case_reference,
    }
