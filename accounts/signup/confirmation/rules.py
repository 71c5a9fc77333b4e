"""What the mail offers, and what a typed code does."""

from enum import StrEnum

MOST_CODE_TRIES = 5


class AddressUse(StrEnum):
    """How far an address is taken."""

    FREE = "free"
    KNOWN = "known"
    FULL = "full"


class CodeOutcome(StrEnum):
    """What a typed code did."""

    CONFIRMED = "confirmed"
    WRONG = "wrong"
    TOO_MANY_TRIES = "too_many_tries"
    ENDED = "ended"


class Standing(StrEnum):
    """Where a sign-up stands, as its waiting page needs to know."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    EXPIRED = "expired"


def address_use(*, accounts: int, most: int) -> AddressUse:
    """Return how far an address with so many accounts is taken."""
    if accounts >= most:
        return AddressUse.FULL
    return AddressUse.KNOWN if accounts else AddressUse.FREE


def standing(*, confirmed: bool, refused: bool, expired: bool) -> Standing:
    """Return where a sign-up stands; the reader's "this was not me" outweighs everything."""
    if refused:
        return Standing.REFUSED
    if expired:
        return Standing.EXPIRED
    return Standing.CONFIRMED if confirmed else Standing.WAITING
