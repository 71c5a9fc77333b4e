"""The trail behind a help code, in words; what has none is shown by its name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import HelpCode

# By the first part of an address's name.
_PLACES: Final[Mapping[str, Promise]] = {
    "signin": _("Sign-in"),
    "signup": _("Making an account"),
    "start_codes": _("Making an account with a printed code"),
    "recovery": _("Getting back in"),
    "authorize": _("On the way to a service"),
    "sharing": _("Agreeing what is shared"),
    "mfa": _("Ways to sign in"),
    "profile": _("Their details"),
    "safety": _("Safety"),
    "freezing": _("Freezing the account"),
    "privacy": _("What they share"),
    "sessions": _("Where they are signed in"),
    "device": _("Signing a device in"),
    "logout": _("Signing out"),
}
_HAPPENED: Final[Mapping[str, Promise]] = {
    "status_200": _("Looked at the page"),
    "start_code_not_good": _("The start code was wrong, used, cancelled or too old"),
    "start_code_by_staff": _("A start code was typed where one of the staff is signed in"),
    "start_code_signed_in": _("A start code was typed where somebody is signed in"),
    "start_code_ended": _("The start code ended before the account was made"),
    "sign_in_incomplete": _("Right so far, and one more step to do"),
    "signed_in": _("Signed in"),
    "sign_in_not_right": _("What they typed was not right"),
    "sign_in_too_many_tries": _("Stopped after too many tries"),
    "sign_in_another_way": _("Asked for an emailed code after many tries"),
    "sign_in_account_suspended": _("Refused: the account is suspended"),
    "sign_in_account_closed": _("Refused: the account is closed"),
    "sign_in_password_set_aside": _("Refused: the password works no more"),
    "expired": _("The link was too old"),
    "used": _("The link was used before"),
    "overtaken": _("A newer email took the link’s place"),
    "waiting": _("Waiting for the email to be opened"),
    "flow_expired": _("The page stood open for too long"),
    "request_expired": _("The page stood open for too long"),
    "not_active": _("Refused: the service is switched off"),
    "application_not_usable": _("Refused: the service is switched off"),
    "application_ended": _("Refused: the service has ended"),
    "level": _("The service asks for a stronger sign-in"),
    "no_session": _("Nobody was signed in yet"),
    "no_consent": _("Asked what to share"),
    "unmet_authentication_requirements": _("Gave up on the stronger sign-in"),
}


# What our own code writes; anything else is not shown, whoever wrote it.
_NAME: Final = re.compile(r"[a-z0-9_:]{1,80}")
_ODD: Final = _("Something else")


@dataclass(frozen=True)
class Kept:
    """One step as it was kept, each part empty if it cannot be read."""

    at: str
    page: str
    reason: str


@dataclass(frozen=True)
class Told:
    """One step in words; `at` is empty if it cannot be read."""

    at: datetime | None
    place: str | Promise
    happened: str | Promise


def trail(code: HelpCode | None) -> list[Kept]:
    """Return the steps behind a help code, the oldest first; what is no step is left out."""
    steps = code.steps if code is not None and isinstance(code.steps, list) else []
    return [
        Kept(*(str(one.get(part, "")) for part in ("at", "page", "reason")))
        for one in steps
        if isinstance(one, dict)
    ]


def in_words(code: HelpCode | None) -> list[Told]:
    """Return the trail behind a help code, the newest first."""
    return [_told(step) for step in reversed(trail(code))]


def _told(step: Kept) -> Told:
    place = _PLACES.get(step.page.partition(":")[0]) or _shown(step.page)
    return Told(_moment(step.at), place, _HAPPENED.get(step.reason) or _shown(step.reason))


def _shown(name: str) -> str | Promise:
    return name if _NAME.fullmatch(name) else _ODD


def _moment(text: str) -> datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:  # written like a time, and none that there is
        return None
