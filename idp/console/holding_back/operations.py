"""Asking and agreeing, of nobody's own account."""

from datetime import datetime

from accounts.holding_back import operations
from accounts.holding_back.operations import NotHeldBackError
from accounts.holding_back.rules import Refusal
from accounts.models import Account, HoldBack
from idp.console.helping.finding import whose
from idp.console.helping.rules import Whose


def ask(*, account: Account, until: datetime, case_reference: str, by: Account) -> None:
    """Ask a second person to keep looks back.

    Raises:
        NotHeldBackError: it is their own account, would last too long, or is over.
    """
    _not_their_own(account, by)
    operations.ask(account=account, until=until, case_reference=case_reference, by=by)


def agree(*, hold_back: HoldBack, by: Account) -> None:
    """Agree as the second person.

    Raises:
        NotHeldBackError: it is their own account, they asked themselves, have no role of the other
            kind, or came too late.
    """
    _not_their_own(hold_back.account, by)
    operations.agree(hold_back=hold_back, by=by)


def _not_their_own(account: Account, by: Account) -> None:
    # A colleague's may be: to find out what a colleague does is one reason for all this.
    if whose(account, staff=by) is Whose.THEIR_OWN:
        raise NotHeldBackError(Refusal.THEIR_OWN)
