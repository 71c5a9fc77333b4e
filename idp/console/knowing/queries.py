"""Reads what the checks of a caller need."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from accounts.models import Phone
from idp.console.knowing.rules import Call, needs_call_back
from idp.models import HelpSession

# Whoever broke in would have put in a number of their own, and answer it.
_SETTLED: Final = timedelta(days=7)
_SHOWN: Final = 3
# Two help sessions, and a break between them.
_REMEMBERED: Final = timedelta(hours=1)


def phone_of(help_session: HelpSession) -> str | None:
    """Return the account's number (E.164) to ring back on, if it is confirmed, safe and no new."""
    rows = Phone.objects.filter(
        account=help_session.account_id,
        confirmed_at__isnull=False,
        unsafe_since=None,
        changed_at__lte=timezone.now() - _SETTLED,
    )
    return rows.values_list("number", flat=True).first()


def masked(number: str) -> str:
    """Return a number of which its owner alone can say the rest."""
    return "•" * (len(number) - _SHOWN) + number[-_SHOWN:]


def who_was_there(help_session: HelpSession) -> list[str]:
    """Return who else was there at any time, also when the account was helped just before.

    Else whoever speaks for somebody is noted as gone, or a help session begun anew without them.
    """
    recent = HelpSession.objects.filter(
        account__isnull=False,
        account=help_session.account_id,
        started_at__gt=timezone.now() - _REMEMBERED,
    )
    lists = [help_session.others, *recent.values_list("had_others", flat=True)]
    return sorted({one for there in (help_session.had_others, *lists) for one in there})


def may_ask_second_person(help_session: HelpSession) -> bool:
    """Say whether what two people decide may be asked for now: alone, rung back, or seen."""
    call = Call(
        others=who_was_there(help_session),
        is_seen_at_counter=help_session.known_by == HelpSession.Known.COUNTER,
        is_called_back=help_session.called_back_at is not None,
    )
    return not needs_call_back(call)
