"""What counts as proof of who an organisation is, and what is missing to go live."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

DOMAIN, CHARITY, COMPANY = "domain", "charity", "company"
RECORD_NAME: Final = "_borough-login"
RECORD_START: Final = "borough-login-verification="
# A record that is gone for a day may be a slip; one that is gone for a week is not.
LAPSES_AFTER: Final = timedelta(days=7)
CHECKED_EVERY: Final = timedelta(hours=20)
MOST_PROOFS: Final = 10
OWNERS_NEEDED: Final = 2
_LONGEST_DOMAIN: Final = 253 - len(RECORD_NAME) - 1

_DOMAIN: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z-]{0,61}[a-z]")
_NUMERIC: Final = re.compile(r".*:.*|(?:0x[0-9a-f]+|[0-9]+)(?:\.(?:0x[0-9a-f]+|[0-9]+))*")
# Names that lead to machines nearby (RFC 6761, RFC 6762) or exist for examples (RFC 2606).
_INSIDE: Final = frozenset(
    {
        *("arpa", "corp", "example", "home", "internal", "intranet", "invalid", "lan", "local"),
        *("localdomain", "localhost", "onion", "private", "test"),
    }
)
# Companies House: eight digits, or a prefix of the kind and six.
_COMPANY: Final = re.compile(r"[A-Z]{2}[0-9]{6}|[0-9]{8}|[A-Z][0-9]{7}|R[0-9]{7}|[A-Z]{2}[0-9]{5}R")
# England and Wales: six or seven digits, and one of a group; Scotland SC, Northern Ireland NIC.
_CHARITY: Final = re.compile(r"[1-9][0-9]{5,6}(-[0-9]{1,3})?|SC0[0-9]{5}|NIC[0-9]{6}")


class ProofProblem(StrEnum):
    """Why something is no proof of who an organisation is."""

    EMPTY = "proof_empty"
    DOMAIN = "domain_malformed"
    DOMAIN_NUMBER = "domain_is_number"
    DOMAIN_INSIDE = "domain_inside"
    DOMAIN_IDN = "domain_idn"
    DOMAIN_SHARED = "domain_shared"
    CHARITY = "charity_malformed"
    COMPANY = "company_malformed"
    GIVEN = "proof_given"
    TOO_MANY = "proof_too_many"


class Missing(StrEnum):
    """What an organisation lacks to go live."""

    ACTIVE = "organisation_active"
    OWNER = "owner"
    SECOND_OWNER = "second_owner"
    PROOF = "proof"


@dataclass(frozen=True)
class Evidence:
    """What is known of an organisation that wants to go live.

    `owners`: people, not accounts: who reads the same mailbox counts once.
    """

    is_active: bool
    is_council: bool
    owners: int
    council_is_owner: bool
    has_proof: bool


def ready_to_go_live(evidence: Evidence) -> tuple[Missing, ...]:
    """Return what the organisation lacks to go live; nothing where it is ready.

    The council may stand in as the second owner, never as the only one. It proves to nobody who it
    is.
    """
    owners = evidence.owners + (evidence.council_is_owner and evidence.owners > 0)
    lacks = {
        Missing.ACTIVE: not evidence.is_active,
        Missing.OWNER: not evidence.owners,
        Missing.SECOND_OWNER: 0 < owners < OWNERS_NEEDED,
        Missing.PROOF: not (evidence.has_proof or evidence.is_council),
    }
    return tuple(one for one, lacking in lacks.items() if lacking)


def tidied(kind: str, typed: str) -> str:
    """Return a domain or number as it is kept, however it was typed."""
    plain = typed.strip()
    if kind == DOMAIN:
        plain = re.sub(r"^https?://", "", plain, flags=re.IGNORECASE).removesuffix("/")
        return plain.lower().removesuffix(".")
    number = plain.upper().replace(" ", "")
    return number.zfill(8) if kind == COMPANY and number.isascii() and number.isdigit() else number


def value_problem(kind: str, value: str) -> ProofProblem | None:
    """Return why this proves nothing, if so; `value` as `tidied` returns it."""
    if not value:
        return ProofProblem.EMPTY
    if kind == DOMAIN:
        return _domain_problem(value)
    if kind == CHARITY:
        return None if _CHARITY.fullmatch(value) else ProofProblem.CHARITY
    return None if _COMPANY.fullmatch(value) else ProofProblem.COMPANY


def record_of(token: str) -> str:
    """Return the text that a domain's record must hold."""
    return f"{RECORD_START}{token}"


def has_lapsed(*, missing_since: datetime | None, now: datetime) -> bool:
    """Say whether a record has been gone for so long that it shows nothing any more."""
    return missing_since is not None and missing_since + LAPSES_AFTER <= now


def _domain_problem(domain: str) -> ProofProblem | None:
    if _NUMERIC.fullmatch(domain.strip("[]")):
        return ProofProblem.DOMAIN_NUMBER
    if domain.rpartition(".")[2] in _INSIDE:
        return ProofProblem.DOMAIN_INSIDE
    # Drawn like another one, such a domain would show its reader somebody else's name.
    if not domain.isascii() or any(label.startswith("xn--") for label in domain.split(".")):
        return ProofProblem.DOMAIN_IDN
    fits = len(domain) <= _LONGEST_DOMAIN and _DOMAIN.fullmatch(domain)
    return None if fits else ProofProblem.DOMAIN
