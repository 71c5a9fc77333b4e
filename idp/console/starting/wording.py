"""Words of printed start codes, for staff."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.start_codes.rules import Standing
from idp.console.knowing.wording import EVIDENCE

NO_PAPERS: Final = "none"
REASONS: Final[dict[str, Promise]] = {
    "own_time": _("They want to do it in their own time"),
    "no_device": _("They have no phone or computer with them"),
    "with_somebody": _("Somebody they trust will sit with them"),
}
PAPERS: Final[dict[str, Promise]] = {**EVIDENCE, NO_PAPERS: _("No papers")}
STANDINGS: Final[dict[Standing, Promise]] = {
    Standing.WAITING: _("Not used yet"),
    Standing.USED: _("Used"),
    Standing.CANCELLED: _("Cancelled"),
    Standing.EXPIRED: _("Too old"),
    Standing.TRIED_OUT: _("Void: the date of birth was wrong too often"),
}
NOT_WAITING: Final = _("This sheet is used, cancelled or too old, so nothing was done")
