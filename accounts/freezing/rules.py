"""Who may freeze an account, and who may unfreeze it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from accounts.assurance import Level, Method, lasting_level_of

# Two people who read one mailbox could freeze and unfreeze for ever: the second time we ask.
MAIL_AGAIN_AFTER = timedelta(days=30)
# Whoever keeps pressing the button does not fill the owner's mailbox.
REFERRED_AGAIN_AFTER = timedelta(days=1)


class Freezing(StrEnum):
    """What came of a wish to freeze."""

    FROZEN = "frozen"
    ALREADY = "frozen_already"
    CHECK = "freeze_needs_check"
    CLOSED = "freeze_account_closed"


class Unfreezing(StrEnum):
    """What came of a wish to unfreeze."""

    DONE = "unfrozen"
    NOT_FROZEN = "not_frozen"
    TOO_WEAK = "unfreeze_too_weak"
    HELD = "unfreeze_held"


def may_freeze_by_mail(last_unfrozen: datetime | None, *, now: datetime) -> bool:
    """Say whether a mailbox may freeze, given when its own last freeze was ended."""
    return last_unfrozen is None or now - last_unfrozen >= MAIL_AGAIN_AFTER


def least_level(shown: frozenset[Method], available: frozenset[Method]) -> Level:
    """Return how strongly one must sign in to unfreeze.

    As strongly as whoever froze had (`shown`), and never by one factor where the account has two: a
    mailbox that freezes has shown nothing, and must not make the account easier to get into.
    """
    floor = min(lasting_level_of(available), Level.TWO_FACTORS)
    return max(lasting_level_of(shown), floor)


@dataclass(frozen=True)
class Wish:
    """What decides whether somebody may unfreeze.

    `recovered`: the account's ways to sign in were replaced since, so that the ones it was frozen
    with may be gone.
    """

    proved: frozenset[Method]
    available: frozenset[Method]
    least: Level
    recovered: bool = False
    held_until: datetime | None = None


def may_unfreeze(wish: Wish, *, now: datetime) -> Unfreezing:
    """Return whether the wish is granted, and why not."""
    if wish.held_until is not None and now < wish.held_until:
        return Unfreezing.HELD
    least = min(wish.least, lasting_level_of(wish.available)) if wish.recovered else wish.least
    return Unfreezing.DONE if lasting_level_of(wish.proved) >= least else Unfreezing.TOO_WEAK
