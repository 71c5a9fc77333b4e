"""What falls due about proofs: domains that stand are looked at again every night."""

from datetime import datetime
from typing import Final

from accounts.audit.actor import SYSTEM
from accounts.retention.one_by_one import each
from clients.models import OrganisationProof
from clients.organisations.proving import lookup, operations, queries
from clients.organisations.proving.lookup import LookupFailedError
from clients.organisations.proving.rules import RECORD_NAME

# A name server that does not answer costs seconds; the others have their turn in the next night.
_MOST_A_NIGHT: Final = 500


def check_domains(*, now: datetime) -> int:
    """Look at every domain whose turn it is, each in a transaction of its own; return how many."""
    return sum(each(queries.domains_to_check(now)[:_MOST_A_NIGHT], _check))


def _check(proof: OrganisationProof) -> bool:
    try:
        texts = lookup.texts(f"{RECORD_NAME}.{proof.value}")
    except LookupFailedError:
        # That nobody answers us says nothing of the domain.
        return False
    operations.note_lookup(organisation=proof.organisation, number=proof.pk, texts=texts, by=SYSTEM)
    return True
