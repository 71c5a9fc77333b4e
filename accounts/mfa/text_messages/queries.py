"""What a page may show of a text message."""

from accounts.models import Account, TextCode
from accounts.texts.queries import newest_of, number_of

_SHOWN = 3


def is_sent(account: Account) -> bool:
    """Say whether a code is on its way to the account's number, or there, and not too old."""
    number = number_of(account)
    purpose = TextCode.Purpose.SECOND_STEP
    return number is not None and newest_of(account, purpose, number) is not None


def end_of(number: str) -> str:
    """Return what a page may show of a number to whoever knows the password alone."""
    return number[-_SHOWN:]
