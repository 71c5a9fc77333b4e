"""Writes proofs and what came of checking them."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.notices.catalogue import Template
from accounts.security.tokens import random_token
from clients.models import Organisation, OrganisationProof
from clients.organisations.members.telling import tell_owners
from clients.organisations.proving import queries, rules
from clients.organisations.proving.rules import ProofProblem
from clients.organisations.proving.suffixes import is_shared

Kind = OrganisationProof.Kind
State = OrganisationProof.State


class ProofRefusedError(Exception):
    """Nothing was kept; `problem` names why."""

    def __init__(self, problem: ProofProblem) -> None:
        super().__init__(problem)
        self.problem = problem


class UnknownProofError(LookupError):
    """The organisation has no such proof, or none that waits for the council."""


@transaction.atomic
def give(*, organisation: Organisation, kind: str, value: str, by: Actor) -> OrganisationProof:
    """Keep what shows who the organisation is; it counts once it was checked.

    Raises:
        ProofRefusedError: it shows nothing, or was given before.
    """
    tidy = rules.tidied(kind, value)
    problem = rules.value_problem(kind, tidy)
    if problem is None and kind == Kind.DOMAIN and is_shared(tidy):
        problem = ProofProblem.DOMAIN_SHARED
    if problem is not None:
        raise ProofRefusedError(problem)
    held = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if queries.of_organisation(held).count() >= rules.MOST_PROOFS:
        raise ProofRefusedError(ProofProblem.TOO_MANY)
    token = random_token() if kind == Kind.DOMAIN else ""
    try:
        with transaction.atomic():
            proof = OrganisationProof.objects.create(
                organisation=held, kind=kind, value=tidy, token=token
            )
    except IntegrityError as error:
        raise ProofRefusedError(ProofProblem.GIVEN) from error
    _record(Event.PROOF_GIVEN, proof, by)
    return proof


@transaction.atomic
def remove(*, organisation: Organisation, number: UUID, by: Actor) -> None:
    """Forget a proof: it shows nothing any more.

    Raises:
        UnknownProofError: there is none.
    """
    proof = _held(organisation, number)
    _record(Event.PROOF_REMOVED, proof, by)
    proof.delete()


@transaction.atomic
def note_lookup(*, organisation: Organisation, number: UUID, texts: list[str], by: Actor) -> bool:
    """Note what the domain's TXT records are now; say whether ours is among them.

    Raises:
        UnknownProofError: there is no such domain.
    """
    proof, now = _held(organisation, number), timezone.now()
    if proof.kind != Kind.DOMAIN:
        raise UnknownProofError(number)
    is_there = rules.record_of(proof.token) in texts
    if is_there:
        proof.missing_since = None
    elif proof.state == State.STANDING:
        proof.missing_since = proof.missing_since or now
    proof.checked_at = now
    _settle(proof, is_there=is_there, now=now, by=by)
    proof.save()
    return is_there


@transaction.atomic
def decide(
    *, organisation: Organisation, number: UUID, accepted: bool, reason: str, by: Actor
) -> OrganisationProof:
    """Note what the council found in the public register.

    Raises:
        UnknownProofError: no number of the organisation waits for it.
    """
    proof = _held(organisation, number)
    if proof.kind == Kind.DOMAIN or proof.state == State.REFUSED:
        raise UnknownProofError(number)
    proof.checked_at, proof.reason = timezone.now(), reason
    state = State.STANDING if accepted else State.REFUSED
    _become(proof, state, Event.PROOF_ACCEPTED if accepted else Event.PROOF_REFUSED, by)
    proof.save()
    return proof


def _settle(proof: OrganisationProof, *, is_there: bool, now: datetime, by: Actor) -> None:
    if is_there and proof.state != State.STANDING:
        _become(proof, State.STANDING, Event.PROOF_ACCEPTED, by)
    elif proof.state == State.STANDING and rules.has_lapsed(
        missing_since=proof.missing_since, now=now
    ):
        _become(proof, State.LAPSED, Event.PROOF_LAPSED, by)


def _become(
    proof: OrganisationProof, state: OrganisationProof.State, event: Event, by: Actor
) -> None:
    proof.state = state
    _record(event, proof, by)
    tell_owners(proof.organisation, Template.PROOF_CHANGED)


def _held(organisation: Organisation, number: UUID) -> OrganisationProof:
    rows = OrganisationProof.objects.select_for_update(of=("self",), no_key=True)
    proof = rows.select_related("organisation").filter(organisation=organisation, pk=number).first()
    if proof is None:
        raise UnknownProofError(number)
    return proof


def _record(event: Event, proof: OrganisationProof, by: Actor) -> None:
    about = About(
        organisation_id=proof.organisation_id,
        object_kind="proof",
        object_id=str(proof.pk),
        reason=proof.kind,
    )
    record(event, by=by, about=about)
