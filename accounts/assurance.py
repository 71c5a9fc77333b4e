"""How strongly a session was authenticated."""

from enum import IntEnum, StrEnum


class Level(IntEnum):
    """Strength of a sign-in, weakest first, so that levels compare with `<`."""

    ONE_FACTOR = 1
    TWO_FACTORS = 2
    PHISHING_RESISTANT = 3


class Method(StrEnum):
    """How one proof was given in a session."""

    PASSWORD = "password"
