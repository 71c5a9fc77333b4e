"""Why a notice cannot be published, as the service owner reads it."""

from typing import TYPE_CHECKING, Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.council.service_notices.rules import (
    FURTHEST_AHEAD,
    LONGEST,
    LONGEST_TIME,
    MOST_AT_ONCE,
    Problem,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

PROBLEMS: "Final[dict[Problem, StrPromise | str]]" = {
    Problem.MISSING: _("Enter what people should know"),
    Problem.TOO_LONG: format_lazy(
        _("The notice must be {longest} characters or fewer"), longest=LONGEST
    ),
    Problem.NOT_PLAIN: _("Use letters, numbers and signs that can be seen"),
    Problem.OVER: _("The end must be in the future"),
    Problem.ENDS_FIRST: _("The end must be after the beginning"),
    Problem.LASTS_TOO_LONG: format_lazy(
        _("A notice may be shown for {days} days or fewer"), days=LONGEST_TIME.days
    ),
    Problem.TOO_FAR_AHEAD: format_lazy(
        _("The beginning must be in {days} days or fewer"), days=FURTHEST_AHEAD.days
    ),
    Problem.TOO_MANY: format_lazy(
        _("There are {most} notices already. Take one down first"), most=MOST_AT_ONCE
    ),
}
# Which of them are about the end, and shown there.
ABOUT_END: Final = {Problem.OVER, Problem.ENDS_FIRST, Problem.LASTS_TOO_LONG}
