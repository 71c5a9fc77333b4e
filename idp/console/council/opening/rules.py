"""What must be there before residents come. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

APPROVERS: Final = 2


class Missing(StrEnum):
    """One thing that keeps an instance from opening, in the order in which it is mended."""

    PLACEHOLDERS = "placeholders"
    MAIL_SENDER = "mail_sender"
    MAIL_NEVER_SENT = "mail_never_sent"
    SIGNING_KEYS = "signing_keys"
    APPROVERS = "approvers"
    AUDIT_KEYS = "audit_keys"
    AUDIT_COPY = "audit_copy"


@dataclass(frozen=True)
class Facts:
    """How an instance stands; `approvers`: those who have a key to sign in with."""

    has_placeholders: bool
    sender_is_placeholder: bool
    mails_sent: bool
    signing_keys: bool
    approvers: int
    audit_keys: bool
    audit_copy: bool


def missing(facts: Facts) -> tuple[Missing, ...]:
    """Return everything that is missing; nothing, if it may open."""
    found = {
        Missing.PLACEHOLDERS: facts.has_placeholders,
        Missing.MAIL_SENDER: facts.sender_is_placeholder,
        Missing.MAIL_NEVER_SENT: not facts.mails_sent,
        Missing.SIGNING_KEYS: not facts.signing_keys,
        Missing.APPROVERS: facts.approvers < APPROVERS,
        Missing.AUDIT_KEYS: not facts.audit_keys,
        Missing.AUDIT_COPY: not facts.audit_copy,
    }
    return tuple(one for one in Missing if found[one])
