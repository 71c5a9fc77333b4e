"""Counting what somebody of the staff looks up; call each outside a transaction."""

from django.conf import settings
from django.utils import timezone

from accounts.limits.operations import OverLimitError, Verdict, hit
from accounts.limits.table import HELP_LOOKS, HELP_LOOKS_ALONE, HELP_MISSES, HELP_SAME_PERSON
from accounts.models import Account
from idp.console.fishing.operations import note
from idp.console.fishing.queries import opened_and_helped
from idp.console.fishing.rules import Pattern, looks_alone
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
    """Have it told if one person's account is opened again and again, or many and nobody helped.

    It stops nobody.
    """
    if help_session.account_id is None:
        return
    keys = (str(help_session.staff_id), str(help_session.account_id))
    if not hit(HELP_SAME_PERSON, *keys).allowed:
        note(by=help_session.staff, pattern=Pattern.SAME_PERSON)
    if _looks_alone(help_session.staff):
        note(by=help_session.staff, pattern=Pattern.LOOKS_ALONE)


def _looks_alone(staff: Account) -> bool:
    if not settings.LIMITS_ENABLED:
        return False
    since = timezone.now() - HELP_LOOKS_ALONE.window
    opened, helped = opened_and_helped(staff, since=since)
    return looks_alone(opened=opened, helped=helped, most=HELP_LOOKS_ALONE.amount)


def _stop(by: Account, verdict: Verdict, pattern: Pattern) -> None:
    if not verdict.allowed:
        note(by=by, pattern=pattern)
        raise OverLimitError(verdict)
