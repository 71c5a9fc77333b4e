"""Changes of live applications that two people approve first, as commands make and print them."""

import json
from collections.abc import Callable
from typing import Any, Final

from django.urls import reverse

from accounts.audit.actor import OPERATOR
from accounts.management.operator_command import Options, Refused, argument
from clients.applications.changing.operations import Changed
from clients.applications.columns import described
from clients.applications.parts import parts_of
from clients.applications.registration import Registration
from clients.applications.wording import sentence
from clients.applications.writing import ApplicationRefusedError
from clients.approval.operators import operations, queries
from clients.approval.operators.operations import OthersAskError
from clients.approval.operators.rules import Emergency
from clients.models import Application

OVERRIDE: Final = argument(
    "--override",
    type=Emergency,
    choices=list(Emergency),
    metavar="REASON",
    help="let it count at once, before two people approve what may harm residents; the "
    "organisation's history has the reason, and its owners get it by mail: "
    f"{', '.join(Emergency)}",
)


def altered(
    application: Application, change: Callable[[Registration], Registration], options: Options
) -> Changed:
    """Change the application, or have the change reviewed.

    Raises:
        Refused: it is unfit, or the organisation asks for something else.
    """
    try:
        return operations.alter(
            application=application, change=change, emergency=options["override"], by=OPERATOR
        )
    except ApplicationRefusedError as refused:
        raise Refused("\n".join(map(sentence, refused.findings))) from refused
    except OthersAskError as refused:
        raise Refused(others_ask(refused)) from refused


def others_ask(refused: OthersAskError) -> str:
    """Return why nothing was changed, and what to do."""
    submission = refused.submission
    return (
        f"{submission.application.slug}: nothing was changed. Its organisation asks for changes of "
        f"its own, or prepares them (round {submission.round}, {submission.state}). Have that "
        "decided or withdrawn first; in an emergency use --override"
    )


def waiting_lines(application: Application) -> list[str]:
    """Return each part that waits for approvers: what it is, and what it is to become."""
    found = queries.waiting(application)
    if found is None:
        return []
    now = parts_of(described(application))
    return [difference(name, now[name], value) for name, value in found[1].items()]


def difference(name: str, before: Any, after: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    """Return a line that says what becomes of a part."""
    return f"{name}: {json.dumps(before)} -> {json.dumps(after)}"


def caution(application: Application) -> tuple[str, ...]:
    """Return that a change waits, since when and where, if one does."""
    found = queries.waiting(application)
    if found is None:
        return ()
    submission, parts = found
    names = ", ".join(parts) or "its agreement"
    since = f"{submission.submitted_at:%Y-%m-%d %H:%M}" if submission.submitted_at else "now"
    where = reverse("approvals:submission", args=[submission.pk])
    waits = f"{application.slug} waits for two approvers with {names}"
    return (f"{waits}: round {submission.round}, since {since} UTC, at {where}",)
