"""`manage.py organisation VERB` about who owns it, and what shows who it is."""

from typing import Final

from accounts.audit.actor import OPERATOR
from accounts.management.operator_command import (
    Misused,
    Options,
    Outcome,
    Refused,
    Verb,
    argument,
)
from accounts.management.staff_verbs import staff_account
from accounts.models import Account
from accounts.profile.queries import find
from clients.management.organisation_rows import detail, found, proof_row
from clients.organisations.by_council import operations
from clients.organisations.by_council.operations import AppointingProblem, NotAppointedError
from clients.organisations.proving import operations as proving
from clients.organisations.proving import queries as proofs
from clients.organisations.proving.operations import UnknownProofError

# As long as the columns that keep them.
_LONGEST_CASE: Final = 40
_LONGEST_REASON: Final = 200
_UNKNOWN: Final = "No number {!r} of the organisation waits: see organisation waiting"
_PROBLEMS: Final = {
    AppointingProblem.HAS_OWNER: "The organisation has an owner, who can make others owners",
    AppointingProblem.ACCOUNT: "The account cannot be an owner: it is not active, or made up",
    AppointingProblem.SECOND_PERSON: (
        "The second person must be another one, with a role of staff: see staff list"
    ),
}


def _appointed(options: Options) -> Outcome:
    organisation = found(options["organisation"])
    try:
        operations.appoint_owner(
            organisation=organisation,
            account=_account(options["account"]),
            second_person=staff_account(options["second_person"]),
            case=_within(options["evidence"], _LONGEST_CASE),
            by=OPERATOR,
        )
    except NotAppointedError as refused:
        raise Refused(_PROBLEMS[refused.problem]) from refused
    return Outcome(detail(found(organisation.slug)))


def _stood_in(options: Options) -> Outcome:
    organisation = found(options["organisation"])
    change = operations.stand_down if options["end"] else operations.stand_in
    case = _within(options["case"], _LONGEST_CASE)
    change(organisation=organisation, case=case, by=OPERATOR)
    return Outcome(detail(found(organisation.slug)))


def _waiting(_: Options) -> Outcome:
    return Outcome(
        [{"organisation": row.organisation.slug, **proof_row(row)} for row in proofs.waiting()]
    )


def _checked(options: Options) -> Outcome:
    organisation = found(options["organisation"])
    number = options["number"].strip().upper()
    proof = proofs.of_organisation(organisation).filter(value=number).first()
    reason = _within(options["reason"], _LONGEST_REASON)
    if proof is None:
        raise Refused(_UNKNOWN.format(number))
    try:
        decided = proving.decide(
            organisation=organisation,
            number=proof.pk,
            accepted=options["accept"],
            reason=reason,
            by=OPERATOR,
        )
    except UnknownProofError as error:
        raise Refused(_UNKNOWN.format(number)) from error
    return Outcome(proof_row(decided))


def _account(name: str) -> Account:
    account = find(name)
    if account is None:
        message = f"There is no account {name!r}"
        raise Refused(message)
    return account


def _within(text: str, longest: int) -> str:
    if not text.strip() or len(text) > longest:
        message = f"Give 1 to {longest} characters: {text!r}"
        raise Misused(message)
    return text


def _answer(parser: object) -> None:
    group = parser.add_mutually_exclusive_group(required=True)  # type: ignore[attr-defined]
    group.add_argument("--accept", action="store_true", help="the register names this organisation")
    group.add_argument("--refuse", dest="accept", action="store_false", help="it does not")


_ORGANISATION: Final = argument("organisation", help="its short name")
_CASE: Final = argument("--case", required=True, help="where it says why: a case's reference")

VERBS: Final[tuple[Verb, ...]] = (
    Verb(
        "appoint-owner",
        "Give an organisation that nobody owns any more an owner, by evidence.",
        _appointed,
        (
            _ORGANISATION,
            argument("--account", required=True, help="sign-in name or id of the new owner"),
            argument("--evidence", required=True, help="the reference of the case with it"),
            argument(
                "--second-person",
                required=True,
                help="email address at work of another member of staff, who looked at it too",
            ),
        ),
    ),
    Verb(
        "stand-in",
        "Make the council the second owner of a small organisation, or no longer.",
        _stood_in,
        (_ORGANISATION, _CASE, argument("--end", action="store_true", help="no longer")),
    ),
    Verb("waiting", "List charity and company numbers that wait to be looked up.", _waiting),
    Verb(
        "check",
        "Say whether the register has the organisation under its number.",
        _checked,
        (
            _ORGANISATION,
            argument("number", help="of the charity or company"),
            _answer,
            argument("--reason", required=True, help="what was found; the organisation reads it"),
        ),
    ),
)
