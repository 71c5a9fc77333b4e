"""What a page may show of a text message."""

from accounts.models import Account, TextCode
from accounts.texts.queries import newest_of, number_of

_SHOWN = 3


def is_sent(account: Account, browser: str) -> bool:
    """Say whether a code that this browser asked for is on its way, or there, and not too old."""
    number = number_of(account)
    purpose = TextCode.Purpose.SECOND_STEP
    return number is not None and newest_of(account, purpose, number, browser) is not None


def end_of(number: str) -> str:
    """Return what a page may show of a number to whoever knows the password alone."""
    return number[-_SHOWN:]
