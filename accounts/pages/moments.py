"""Days and times as residents read them."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _


def moment(at: datetime) -> str:
    """Return an aware time as day and time of the clock here: 3 March 2026 at 4:05pm."""
    day = date_format(localtime(at), "j F Y")
    return _("{day} at {time}").format(day=day, time=time_of_day(at))


def exact_moment(at: datetime) -> str:
    """Return an aware time to the second, where several are in a minute: … at 4:05:09pm."""
    day = date_format(localtime(at), "j F Y")
    return _("{day} at {time}").format(day=day, time=exact_time_of_day(at))


def time_of_day(at: datetime) -> str:
    """Return an aware time by the clock here: 4:05pm."""
    return date_format(localtime(at), "g:iA").lower()


def exact_time_of_day(at: datetime) -> str:
    """Return an aware time by the clock here, to the second: 4:05:09pm."""
    return date_format(localtime(at), "g:i:sA").lower()
