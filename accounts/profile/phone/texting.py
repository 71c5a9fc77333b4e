"""Whether a text message can be sent to a number, and sending one."""

from accounts.models import Phone


def reaches(number: str) -> bool:
    """Say whether texts are sent at all, and to such a number."""
    del number
    return False


def send(phone: Phone, code: str) -> None:
    """Send the code to the number."""
    del phone, code
    raise NotImplementedError
