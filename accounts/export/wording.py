"""Residents' words for copies: what is left out of them, and why there is none."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.export.rules import Refusal
from accounts.models import Export

PRIVATE_LEFT_OUT: Final = _(
    "Private services, because you asked for them to be left out: those that you hid and those"
    " that we keep out of sight, and your answers in the guide for when somebody has left."
)
LEFT_OUT: Final = (
    _(
        "Your password, and what keeps codes, links and keys safe: we hold only scrambled forms"
        " of them, of no use to you and of much use to a thief."
    ),
    _("Counts by which we stop others from guessing: they are gone after a few hours or days."),
    _("What you typed into a form that came too late: it waits for you on its own page for hours."),
    _("Names of our staff, and anything about other people who use the same email address."),
)
FAILURES: Final[Mapping[str, Promise]] = {
    Export.Failure.FAULT: _(
        "Something went wrong on our side. Ask for a copy again. If that fails too, call us: we"
        " give it to you another way."
    ),
    Export.Failure.TOO_LARGE: _(
        "There is more about you than fits in one file here. Call us: we give it to you another"
        " way."
    ),
    Export.Failure.ACCOUNT_STOPPED: _(
        "Your account was stopped before the copy was ready, so we did not go on. You can ask for"
        " a copy again."
    ),
}
REFUSALS: Final[Mapping[Refusal, Promise]] = {
    Refusal.SHARED_DEVICE: _(
        "You told us that others use this device too. A file with everything about you would stay"
        " on it for them to find. Sign in on a device that only you use."
    ),
    Refusal.HELD: _(
        "You got back into your account a short while ago. To keep it safe, nobody can have a copy"
        " of everything until {moment}."
    ),
}
