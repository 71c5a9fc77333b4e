"""Why a name was refused, in words."""

from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clients.organisations.rules import NameProblem

NAME_PROBLEMS: Final[dict[StrEnum, Promise]] = {
    NameProblem.EMPTY: _("Enter a name"),
    NameProblem.TOO_LONG: _("The name must be 100 characters or fewer"),
    NameProblem.UNSEEN_CHARACTER: _("The name holds a character that cannot be seen"),
    NameProblem.SPACES: _("The name has spaces around it or several in a row"),
    NameProblem.OF_ANOTHER: _(
        "The name is that of the council, of another organisation or of its service, or looks like "
        "it: choose one that residents cannot mistake"
    ),
    NameProblem.MIXED: _("The name mixes letters that look alike in several scripts"),
    NameProblem.TWICE: _("Your organisation has an application of this name already"),
    NameProblem.OFFICIAL: _(
        "The name sounds like a council’s or the government’s: if it is one, call us, and we set "
        "the organisation up"
    ),
    NameProblem.ADDRESS: _("The name holds the address of a website or mailbox: leave that out"),
    NameProblem.SLUG_INVALID: _(
        "The short name must be 1 to 60 small letters and digits, with single hyphens between"
    ),
    NameProblem.SLUG_TAKEN: _("This short name is taken: choose another"),
}
