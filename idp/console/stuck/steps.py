"""The trail behind a help code, in words."""

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
PLACES: Final[Mapping[str, Promise]] = {
    "signin": _("Sign-in"),
    "signup": _("Making an account"),
    "start_codes": _("Making an account with a printed code"),
    "recovery": _("Getting back in"),
    "authorize": _("On the way to a service"),
    "sharing": _("Agreeing what is shared"),
    "passkeys": _("Ways to sign in"),
    "mfa": _("Ways to sign in"),
    "profile": _("Their details"),
    "safety": _("Safety"),
    "freezing": _("Freezing the account"),
    "privacy": _("What they share"),
    "receipts": _("What they share"),
    "blocked": _("Blocking a service"),
    "sessions": _("Where they are signed in"),
    "device": _("Signing a device in"),
    "logout": _("Signing out"),
    "history": _("What happened in their account"),
    "call_codes": _("A code for a call"),
    "complaints": _("Complaints and corrections"),
    "closing": _("Closing the account"),
    "joining": _("Joining two accounts"),
    "export": _("A copy of everything"),
    "pages": _("Help pages"),
    "demo": _("Pages of the demo"),
    "staff": _("Sign-in of the staff"),
    "test_resident": _("Being a test resident"),
    "partners": _("Pages for organisations"),
    "organisations": _("Pages for organisations"),
}
_HAPPENED: Final[Mapping[str, Promise]] = {
    "status_200": _("Looked at the page"),
    "status_302": _("Went on to another page"),
    "status_303": _("Went on to another page"),
    "status_400": _("The page could not go on"),
    "status_403": _("The page was refused"),
    "status_404": _("There is no such page"),
    "status_409": _("What they wanted could not be done as things were"),
    "status_410": _("What the page was about is gone"),
    "status_429": _("Asked to wait, after too many tries"),
    "status_500": _("The page failed, by our fault"),
    "start_code_not_good": _("The start code was wrong, used, cancelled or too old"),
    "start_code_by_staff": _("A start code was typed where one of the staff is signed in"),
    "start_code_signed_in": _("A start code was typed where somebody is signed in"),
    "start_code_ended": _("The start code ended before the account was made"),
    "sign_in_incomplete": _("Right so far, and one more step to do"),
    "signed_in": _("Signed in"),
    "sign_in_not_right": _("What they typed was not right"),
    "second_step_not_right": _("The code or key of the second step was not right"),
    "second_step_too_many_tries": _("Asked to wait after too many codes"),
    "sign_in_too_many_tries": _("Stopped after too many tries"),
    "asked_to_wait": _("Asked to wait"),
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
_NAME: Final = re.compile(r"[a-z0-9_]{1,80}")
_ODD: Final = _("Something else")
_ELSEWHERE: Final = _("Another page")


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
    place: Promise
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
    place = PLACES.get(step.page.partition(":")[0], _ELSEWHERE)
    return Told(_moment(step.at), place, _HAPPENED.get(step.reason) or _spelt(step.reason))


def _spelt(name: str) -> str | Promise:
    """Return a reason that has no words of its own as the words that it is made of."""
    return name.replace("_", " ").capitalize() if _NAME.fullmatch(name) else _ODD


def _moment(text: str) -> datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:  # written like a time, and none that there is
        return None
