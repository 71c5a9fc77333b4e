"""Operations on what shows who the organisation is."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Path, Router, Status
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from accounts.limits.table import DOMAIN_LOOKUP
from clients.api_tokens.operations import actor
from clients.models import OrganisationProof
from clients.organisations.members.rules import Permission
from clients.organisations.proving import lookup, operations, queries
from clients.organisations.proving.operations import ProofRefusedError, UnknownProofError
from clients.organisations.proving.rules import RECORD_NAME, ProofProblem, record_of
from clients.organisations.proving.wording import NO_ANSWER, PROOF_PROBLEMS
from idp.partner_api.door import ApiRequest, count, needs, own
from idp.partner_api.owners import needs_leave_where_live
from idp.partner_api.problems import Refusal, conflict, not_there, unfit_part

router = Router(tags=["Proofs"])
_EXAMPLE: JsonDict = {"kind": "domain", "value": "riverside-trust.org.uk"}
_AS_THINGS_STAND = (ProofProblem.GIVEN, ProofProblem.TOO_MANY)
Kind = OrganisationProof.Kind


class ProofGiven(BaseModel):
    """A domain of the organisation's own, or its number in a public register."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_EXAMPLE]})

    kind: Literal["domain", "charity", "company"]
    value: Annotated[str, Field(max_length=300)]


class ProofListed(BaseModel):
    """A proof; `missing_since`: since when the domain's record is gone, which lapses in a week."""

    id: UUID
    kind: Literal["domain", "charity", "company"]
    value: str
    state: Literal["waiting", "standing", "lapsed", "refused"]
    given_at: datetime
    checked_at: datetime | None
    missing_since: datetime | None


class RecordShown(BaseModel):
    """The record to publish, for all to see: its name, type and text."""

    name: str
    type: Literal["TXT"]
    text: str


class ProofShown(ProofListed):
    """A proof; `record` of a domain, null of a number, which the council looks up."""

    record: RecordShown | None


class ProofChecked(ProofShown):
    """What became of a proof; `found`: whether name servers have the record."""

    found: bool


@router.get("", response=list[ProofListed], operation_id="list_proofs")
@needs(Permission.SEE)
def list_proofs(request: ApiRequest, organisation: Path[str]) -> list[dict[str, Any]]:
    """List the organisation's proofs, the oldest first: ten at most."""
    del organisation
    return [_listed(row) for row in queries.of_organisation(request.auth.organisation)]


@router.post("", response={201: ProofShown}, operation_id="give_proof")
@needs(Permission.MANAGE_ORGANISATION)
def give_proof(
    request: ApiRequest, organisation: Path[str], given: ProofGiven
) -> Status[dict[str, Any]]:
    """Give a domain, or a number; it counts once it was checked."""
    del organisation
    needs_leave_where_live(request)
    token = request.auth
    try:
        row = operations.give(
            organisation=token.organisation, kind=given.kind, value=given.value, by=actor(token)
        )
    except ProofRefusedError as error:
        raise _refused(error.problem) from error
    return Status(201, _shown(row))


@router.get("/{number}", response=ProofShown, operation_id="show_proof")
@needs(Permission.MANAGE_ORGANISATION)
def show_proof(request: ApiRequest, organisation: Path[str], number: Path[UUID]) -> dict[str, Any]:
    """Show how a proof stands, and which record a domain must have."""
    del organisation
    return _shown(_found(request, number))


@router.post("/{number}/check", response=ProofChecked, operation_id="check_proof")
@needs(Permission.MANAGE_ORGANISATION)
def check_proof(request: ApiRequest, organisation: Path[str], number: Path[UUID]) -> dict[str, Any]:
    """Look a domain's record up now; 20 times an hour, those of the page among them."""
    del organisation
    needs_leave_where_live(request)
    row = _found(request, number)
    if row.kind != Kind.DOMAIN:
        raise conflict(reason="proof_by_council", words="The council looks up a number.")
    count(DOMAIN_LOOKUP, str(row.organisation_id))
    is_there = _look_up(request, row)
    return {**_shown(_found(request, number)), "found": is_there}


@router.delete("/{number}", response={204: None}, operation_id="remove_proof")
@needs(Permission.MANAGE_ORGANISATION)
def remove_proof(request: ApiRequest, organisation: Path[str], number: Path[UUID]) -> Status[None]:
    """Forget a proof: it shows nothing any more."""
    del organisation
    needs_leave_where_live(request)
    row, token = _found(request, number), request.auth
    try:
        operations.remove(organisation=token.organisation, number=row.pk, by=actor(token))
    except UnknownProofError as error:  # removed meanwhile
        raise not_there() from error
    return Status(204, None)


def _look_up(request: ApiRequest, row: OrganisationProof) -> bool:
    # Outside any transaction: nobody is to wait for a name server.
    token = request.auth
    try:
        texts = lookup.texts(f"{RECORD_NAME}.{row.value}")
        return operations.note_lookup(
            organisation=token.organisation, number=row.pk, texts=texts, by=actor(token)
        )
    except lookup.LookupFailedError as error:
        raise conflict(reason="no_answer", words=str(NO_ANSWER)) from error
    except UnknownProofError as error:  # removed meanwhile
        raise not_there() from error


def _found(request: ApiRequest, number: UUID) -> OrganisationProof:
    return own(request, queries.of_organisation(request.auth.organisation), number)


def _refused(problem: ProofProblem) -> Refusal:
    words = str(PROOF_PROBLEMS[problem])
    if problem in _AS_THINGS_STAND:
        return conflict(reason=problem, words=words)
    return unfit_part(part="value", problem=problem, words=words)


def _listed(row: OrganisationProof) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "value": row.value,
        "state": row.state,
        "given_at": row.given_at,
        "checked_at": row.checked_at,
        "missing_since": row.missing_since,
    }


def _shown(row: OrganisationProof) -> dict[str, Any]:
    record = {"name": f"{RECORD_NAME}.{row.value}", "type": "TXT", "text": record_of(row.token)}
    return {**_listed(row), "record": record if row.kind == Kind.DOMAIN else None}
