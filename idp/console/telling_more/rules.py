"""Whether what a caller tells may belong to the case that is open. Pure."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Known:
    """Whom something is about, as far as it is known: an account, and the mailboxes it may have."""

    account: UUID | None = None
    mailboxes: frozenset[str] = frozenset()


def is_about_another(case: Known, told: Known) -> bool:
    """Say whether what is told is of somebody else than the case; what names nobody is not.

    A case never goes from one person to another: its log is one person's.
    """
    if Known() in {case, told}:
        return False
    if case.account is not None and told.account is not None:
        return case.account != told.account
    return not case.mailboxes & told.mailboxes
