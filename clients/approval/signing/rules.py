"""Whether a sign-off still counts: what its signer may do by now, not what they once might."""

from dataclasses import dataclass
from enum import StrEnum


class Aside(StrEnum):
    """Why a sign-off counts no more."""

    ACCOUNT_STOPPED = "account_stopped"
    ROLE_TAKEN = "role_taken"
    OWN_ORGANISATION = "own_organisation"
    ASKED_FOR_IT = "asked_for_it"
    SAME_PERSON = "same_person"


@dataclass(frozen=True)
class Signer:
    """Whoever signed, as they are now.

    `is_other_too`: the sign-off beside it may be the same person's, by another account.
    """

    is_active: bool
    has_role: bool
    is_member: bool
    is_submitter: bool
    is_other_too: bool


def why_aside(signer: Signer) -> Aside | None:
    """Return why the signer's sign-off counts no more, if so."""
    reasons = {
        # First of all: whoever froze it may say that somebody else signed.
        Aside.ACCOUNT_STOPPED: not signer.is_active,
        Aside.ROLE_TAKEN: not signer.has_role,
        Aside.OWN_ORGANISATION: signer.is_member,
        Aside.ASKED_FOR_IT: signer.is_submitter,
        Aside.SAME_PERSON: signer.is_other_too,
    }
    return next((reason for reason, applies in reasons.items() if applies), None)
