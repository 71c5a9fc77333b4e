"""What the mail offers, what a typed code does, and how a browser is described to the reader."""

from enum import StrEnum

MOST_CODE_TRIES = 5

# The first that fits: most browsers also name the ones they descend from.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


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


def browser_kind(user_agent: str) -> tuple[str, str]:
    """Return the kinds of browser and system in our words, each empty if unknown."""
    return _first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)


def _first(kinds: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for mark, name in kinds if mark in user_agent), "")
