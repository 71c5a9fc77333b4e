"""Asking and agreeing, of nobody's own account."""

from datetime import datetime

from accounts.holding_back import operations
from accounts.holding_back.operations import NotHeldBackError
from accounts.holding_back.rules import Refusal
from accounts.models import Account, HoldBack
from idp.console.holding_back import queries


def ask(*, account: Account, until: datetime, case_reference: str, by: Account) -> None:
    """Ask a second person to keep looks back.

    Raises:
        NotHeldBackError: it is their own account, would last too long, or is over.
    """
    _not_their_own(account, by)
    operations.ask(account=account, until=until, case_reference=case_reference, by=by)


def agree(*, hold_back: HoldBack, by: Account) -> None:
    """Agree as the second person; a refusal is recorded.

    Raises:
        NotHeldBackError: it is their own account or the asker's, they may be who asked, have no
            role of the other kind, or came too late.
    """
    refusal = queries.why_not_agree(hold_back, by)
    if refusal is not None:
        operations.note_refused(hold_back=hold_back, by=by, refusal=refusal)
        raise NotHeldBackError(refusal)
    operations.agree(hold_back=hold_back, by=by)


def _not_their_own(account: Account, by: Account) -> None:
    # A colleague's may be: to find out what a colleague does is one reason for all this.
    if queries.is_own(account, of=by):
        raise NotHeldBackError(Refusal.THEIR_OWN)
