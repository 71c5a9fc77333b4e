"""Closing an account leaves its owner time, and none is closed early because it is unused."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core.checks import CheckMessage, Error

from accounts.unused.rules import SHORTEST_YEARS
from idp.checks.registry import rule

_SHORTEST_WAIT: Final = timedelta(days=1)
_SHORTEST_UNDOING: Final = timedelta(days=30)


@rule
def unused_accounts_are_left_for_years() -> Iterator[CheckMessage]:
    """Some residents need the council once in five years, and expect to be known then."""
    if settings.UNUSED_YEARS and settings.UNUSED_YEARS < SHORTEST_YEARS:
        yield Error(
            f"BOROUGH_UNUSED_YEARS must be 0, or {SHORTEST_YEARS} or more.", id="borough.E110"
        )


@rule
def the_clock_closes_no_account_before_its_owner_is_reminded() -> Iterator[CheckMessage]:
    """Five years at least, as above; and nobody is told that an account closes out of the blue."""
    years = settings.UNUSED_CLOSING_YEARS
    if years and not SHORTEST_YEARS <= settings.UNUSED_YEARS <= years:
        yield Error(
            f"BOROUGH_UNUSED_CLOSING_YEARS must be 0, or {SHORTEST_YEARS} or more and no fewer "
            "than BOROUGH_UNUSED_YEARS, which it needs.",
            id="borough.E113",
        )


@rule
def a_closing_can_be_noticed_and_undone() -> Iterator[CheckMessage]:
    """A stranger who gets in and closes the account must not destroy it before its owner reads."""
    if settings.CLOSING_WAIT < _SHORTEST_WAIT:
        yield Error("BOROUGH_CLOSING_WAIT_SECONDS must be a day at least.", id="borough.E111")
    if settings.CLOSED_FOR < _SHORTEST_UNDOING:
        yield Error("BOROUGH_CLOSED_FOR_SECONDS must be thirty days at least.", id="borough.E112")
