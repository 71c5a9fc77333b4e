"""What a typed code does, and how many accounts an address may have."""

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


def address_use(*, accounts: int, most: int) -> AddressUse:
    """Return how far an address with so many accounts is taken."""
    if accounts >= most:
        return AddressUse.FULL
    return AddressUse.KNOWN if accounts else AddressUse.FREE


def wrong_code(*, tries: int) -> CodeOutcome:
    """Return what one more wrong code did, the `tries`th."""
    return CodeOutcome.TOO_MANY_TRIES if tries >= MOST_CODE_TRIES else CodeOutcome.WRONG
