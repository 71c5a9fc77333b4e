"""Why an address that an application gave for signing out or in is refused, in words."""

from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clients.applications.callbacks.rules import CallbackProblem

CALLBACK_PROBLEMS: Final[dict[StrEnum, Promise]] = {
    CallbackProblem.OTHER_ORIGIN: _(
        "The address must have the scheme, host and port of one that sign-ins return to"
    ),
}
