"""The guide's answers and refusals in residents' words."""

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Leaving, Session
from accounts.safety.leaving.choices import places_of, ways_of
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


def answers(session: Session, leaving: Leaving, step: str) -> list[str]:
    """Return what was answered to a question, a line for each thing, or that it was left out."""
    if step == Step.ADDRESS:
        return [_address(leaving)]
    if step == Step.PASSWORD:
        return [gettext("A new one") if leaving.password else _nothing()]
    chosen: Any = leaving.choices.get(step)
    if isinstance(chosen, list):
        return _named(session, step, chosen) or [_nothing()]
    if chosen is None:
        return [_nothing()]
    return [str(_ANSWERS.get((step, chosen)) or _FATES[chosen])]


def _named(session: Session, step: str, chosen: list[str]) -> list[str]:
    """Return the names of those that are still there, each with what it can be told by."""
    offered = places_of(session) if step == Step.PLACES else ways_of(session.account)
    return [
        gettext("{name} ({hint})").format(name=each.text, hint=each.hint)
        for each in offered
        if each.value in chosen
    ]


def _address(leaving: Leaving) -> str:
    if not leaving.address:
        return _nothing()
    if leaving.confirmed_at is None:
        return gettext("{address}, not confirmed yet").format(address=leaving.address)
    return leaving.address


def _nothing() -> str:
    return gettext("Stays as it is")
