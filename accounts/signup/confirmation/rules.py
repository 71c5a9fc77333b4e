"""Where a sign-up stands."""

from enum import StrEnum


class Standing(StrEnum):
    """Where a sign-up stands, as its waiting page needs to know."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    EXPIRED = "expired"


class Beginning(StrEnum):
    """Why nobody may begin a sign-up."""

    NOT_OPEN = "not_open"


def standing(*, confirmed: bool, refused: bool, expired: bool) -> Standing:
    """Return where a sign-up stands; the reader's "this was not me" outweighs everything."""
    if refused:
        return Standing.REFUSED
    if expired:
        return Standing.EXPIRED
    return Standing.CONFIRMED if confirmed else Standing.WAITING
