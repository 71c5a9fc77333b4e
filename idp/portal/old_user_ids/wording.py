"""What is wrong with a list of old user ids, in words."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from idp.old_user_ids.rules import LONGEST, MOST_LINES, BadLine, Fault, Listed, ListFault

# A list of which all is wrong need not be read to its end.
_LINES_TOLD: Final = 10
_LINE_FAULTS: Final[dict[Fault | ListFault, Promise]] = {
    Fault.EMPTY: gettext_lazy("Line {line} holds an ID with nothing in it"),
    Fault.TOO_LONG: gettext_lazy("Line {line} must have {longest} characters or fewer"),
    Fault.UNSEEN: gettext_lazy("Line {line} must not hold characters that cannot be seen"),
    Fault.SPACES: gettext_lazy("Line {line} must not begin or end with a space"),
    ListFault.COLUMNS: gettext_lazy(
        "Line {line} must hold one ID. Put an ID that holds a comma in quotation marks"
    ),
    ListFault.QUOTES: gettext_lazy(
        "Line {line} must have its quotation marks in pairs. Double those inside an ID"
    ),
}
_FAULTS: Final[dict[ListFault, Promise]] = {
    ListFault.EMPTY: gettext_lazy("Enter old user IDs, or choose a file that holds some"),
    ListFault.TOO_MANY: gettext_lazy("The list must have {most} lines or fewer"),
}


def faults(listed: Listed) -> list[str]:
    """Return what is wrong with a list, a sentence a line of it; none if nothing is."""
    if listed.fault is not None:
        return [str(_FAULTS[listed.fault]).format(most=f"{MOST_LINES:,}")]
    told = [_line(bad) for bad in listed.bad_lines[:_LINES_TOLD]]
    more = len(listed.bad_lines) - len(told)
    return [*told, _("{number} more lines are wrong").format(number=more)] if more else told


def _line(bad: BadLine) -> str:
    return str(_LINE_FAULTS[bad.fault]).format(line=bad.number, longest=LONGEST)


def too_many_registered(most: int) -> str:
    """Return why no more can be registered."""
    return _("An application can have {most} old user IDs. Delete those that nobody has").format(
        most=f"{most:,}"
    )
