"""Why no code is taken for a while, in residents' words."""

from datetime import timedelta
from math import ceil

from django.utils.translation import ngettext


def too_many(wait: timedelta) -> str:
    """Return what somebody reads who typed too many wrong codes."""
    minutes = max(1, ceil(wait.total_seconds() / 60))
    return ngettext(
        "Too many codes were wrong. Use another way below, or wait {minutes} minute",
        "Too many codes were wrong. Use another way below, or wait {minutes} minutes",
        minutes,
    ).format(minutes=minutes)
