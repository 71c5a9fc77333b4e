"""Counting what somebody of the staff looks up; call each outside a transaction."""

from accounts.limits.operations import OverLimitError, Verdict, hit
from accounts.limits.table import HELP_LOOKS, HELP_MISSES, HELP_SAME_PERSON
from accounts.models import Account
from idp.console.fishing.operations import note
from idp.console.fishing.rules import Pattern
from idp.models import HelpSession


def look(*, by: Account) -> None:
    """Count that something was looked up, before it is.

    Raises:
        OverLimitError: too much was; that is told.
    """
    _stop(by, hit(HELP_LOOKS, str(by.pk)), Pattern.MANY_LOOKS)


def miss(*, by: Account) -> None:
    """Count that it led nowhere.

    Raises:
        OverLimitError: too much did; that is told.
    """
    _stop(by, hit(HELP_MISSES, str(by.pk)), Pattern.MANY_MISSES)


def opened(*, help_session: HelpSession) -> None:
    """Have it told if one person's account is opened again and again; it stops nobody."""
    if help_session.account_id is None:
        return
    keys = (str(help_session.staff_id), str(help_session.account_id))
    if not hit(HELP_SAME_PERSON, *keys).allowed:
        note(by=help_session.staff, pattern=Pattern.SAME_PERSON)


def _stop(by: Account, verdict: Verdict, pattern: Pattern) -> None:
    if not verdict.allowed:
        note(by=by, pattern=pattern)
        raise OverLimitError(verdict)
