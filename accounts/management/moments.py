"""Days that operators type, as the `type` of an argument."""

from argparse import ArgumentTypeError
from datetime import datetime, timedelta

from django.utils.timezone import make_aware


def moment(text: str) -> datetime:
    """Read a day as 2026-03-31: its beginning here; or a time as 2026-03-31T14:00."""
    try:
        found = datetime.fromisoformat(text)
        return found if found.tzinfo else make_aware(found)
    except (ValueError, OverflowError) as error:
        message = f"{text!r} is no day such as 2026-03-31"
        raise ArgumentTypeError(message) from error


def day_after(text: str) -> datetime:
    """Read a day: its end here, the beginning of the next; a time stays what it is."""
    found = moment(text)
    if "T" in text or " " in text:
        return found
    try:
        return make_aware(found.replace(tzinfo=None) + timedelta(days=1))
    except OverflowError as error:
        raise ArgumentTypeError(text) from error
