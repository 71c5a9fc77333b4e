"""`manage.py application note-notice`: a person of the council read a privacy notice."""

from typing import Final

from accounts.audit.actor import OPERATOR
from accounts.management.operator_command import Options, Outcome, Refused, Verb, argument
from accounts.management.staff_verbs import staff_account
from clients.approval.privacy_notice.operations import ReadingRefusedError, note_reading
from clients.approval.privacy_notice.rules import ReadingProblem
from clients.management.application_details import found

_PROBLEMS: Final = {
    ReadingProblem.NOTHING_UNDER_WAY: "The organisation asks for nothing: there is no draft",
    ReadingProblem.NO_DRAFT: "It was sent already: the organisation can take it back",
    ReadingProblem.NO_ADDRESS: "The draft names no privacy notice yet",
    ReadingProblem.ANOTHER_ADDRESS: "The draft names another address by now: have that one read",
    ReadingProblem.NOT_OF_COUNCIL: "Whoever read it must have a role of staff: see staff list",
    ReadingProblem.OWN_ORGANISATION: "Whoever read it is a member of this organisation",
}


def _noted(options: Options) -> Outcome:
    application = found(options["application"])
    try:
        reading = note_reading(
            application=application,
            address=options["address"],
            reader=staff_account(options["read_by"]),
            by=OPERATOR,
        )
    except ReadingRefusedError as refused:
        raise Refused(_PROBLEMS[refused.problem]) from refused
    return Outcome(
        {
            "application": application.slug,
            "round": reading.submission.round,
            "address": reading.address,
            "read_by": reading.account.staff_member.work_email,
            "read_at": reading.at,
        }
    )


VERBS: Final = (
    Verb(
        "note-notice",
        "Note that somebody of the council read, in a browser, the privacy notice that a draft "
        "names: some sites refuse programs, ours too. It counts for 30 days.",
        _noted,
        (
            argument("application", help="short name or client_id"),
            argument("--address", required=True, help="what was read: the address in the draft"),
            argument("--read-by", required=True, help="sign-in name or id of who read it"),
        ),
    ),
)
