"""`manage.py application retire` and `keep`: the end of a live application, as the council's."""

from argparse import ArgumentTypeError
from datetime import date
from typing import Final

from accounts.audit.actor import OPERATOR
from accounts.management.operator_command import Options, Outcome, Refused, Verb, argument
from clients.approval.retiring import operations
from clients.approval.retiring.operations import RetirementRefusedError
from clients.approval.wording import RETIREMENT_PROBLEMS
from clients.management.application_details import found
from clients.models import Application


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"{text!r} is no day such as 2027-03-31"
        raise ArgumentTypeError(message) from error


def _retired(options: Options) -> Outcome:
    try:
        row = operations.announce(
            application=found(options["application"]),
            day=options["day"],
            where_to_go=options["where_to_go"],
            by=OPERATOR,
        )
    except RetirementRefusedError as refused:
        raise Refused("\n".join(str(RETIREMENT_PROBLEMS[one]) for one in refused.problems)) from (
            refused
        )
    return _shown(row)


def _kept(options: Options) -> Outcome:
    return _shown(operations.take_back(application=found(options["application"]), by=OPERATOR))


def _shown(row: Application) -> Outcome:
    return Outcome(
        {
            "application": row.slug,
            "status": row.status,
            "retires_at": row.retires_at,
            "where_to_go": row.where_to_go,
        }
    )


_APPLICATION: Final = argument("application", help="short name or client_id")

VERBS: Final = (
    Verb(
        "retire",
        "End a live application on a day, 14 days ahead or more; residents are told by mail.",
        _retired,
        (
            _APPLICATION,
            argument("--day", type=_day, required=True, help="from then on nobody signs in to it"),
            argument("--where-to-go", required=True, help="what residents are told to use instead"),
        ),
    ),
    Verb("keep", "Let it go on after all.", _kept, (_APPLICATION,)),
)
