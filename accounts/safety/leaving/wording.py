"""The guide's answers and refusals in residents' words."""

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Leaving
from accounts.safety.leaving.forms import KEEP, REMOVE, UNSAFE
from accounts.safety.leaving.rules import Refusal
from accounts.safety.leaving.steps import Step

LABELS: Final[dict[str, Promise]] = {
    Step.DEVICE: _("This phone or computer"),
    Step.PLACES: _("Sign out elsewhere"),
    Step.WAYS: _("Ways to sign in that stop working"),
    Step.ADDRESS: _("New email address"),
    Step.PASSWORD: _("Password"),
    Step.MAILS: _("Our emails"),
    Step.FREEZE: _("Freeze"),
}
_ANSWERS: Final[dict[tuple[str, str], Promise]] = {
    (Step.DEVICE, "yes"): _("Only I use it: stay signed in"),
    (Step.DEVICE, "no"): _("Sign out here too"),
    (Step.MAILS, "yes"): _("Hide what they are about"),
    (Step.MAILS, "no"): _("Say what they are about"),
    (Step.FREEZE, "yes"): _("Freeze my account"),
    (Step.FREEZE, "no"): _("Do not freeze it"),
}
_FATES: Final[dict[str, Promise]] = {
    KEEP: _("Keep using it"),
    REMOVE: _("Take it off"),
    UNSAFE: _("Do not use it"),
}
REFUSALS: Final[dict[Refusal, Promise]] = {
    Refusal.NO_ADDRESS_LEFT: _(
        "We would have no email address left to write to. Give us one that only you can read, or"
        " keep using one of the others."
    ),
    Refusal.NO_WAY_LEFT: _(
        "You would have no way to sign in left. Keep one passkey, or choose a password."
    ),
    Refusal.WAY_TOO_NEW: _(
        "You signed in by something that was added in the last 24 hours. It cannot stop others from"
        " working yet. Sign in another way, or leave that page out."
    ),
    Refusal.ADDRESS_FULL: _(
        "Too many people use the new email address already. Give us another one."
    ),
    Refusal.NOT_FOR_YOU: _("For this you need to sign in by two things, or call us."),
}


def answer(leaving: Leaving, step: str) -> str:
    """Return what was answered to a question, or that it was left out."""
    if step == Step.ADDRESS:
        return _address(leaving)
    if step == Step.PASSWORD:
        return gettext("A new one") if leaving.password else _nothing()
    chosen: Any = leaving.choices.get(step)
    if chosen is None:
        return _nothing()
    if isinstance(chosen, list):
        return ngettext("{count} chosen", "{count} chosen", len(chosen)).format(count=len(chosen))
    return str(_ANSWERS.get((step, chosen)) or _FATES[chosen])


def _address(leaving: Leaving) -> str:
    if not leaving.address:
        return _nothing()
    if leaving.confirmed_at is None:
        return gettext("{address}, not confirmed yet").format(address=leaving.address)
    return leaving.address


def _nothing() -> str:
    return gettext("Stays as it is")
