"""Every act of staff on somebody's account: who may do it, and what its owner notices."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.staff import Permission
from idp.console.helping.rules import Tier


class Act(StrEnum):
    """One thing that staff do to an account."""

    END_SESSIONS = "end_sessions"
    FREEZE = "freeze"
    GIVE_CODE = "give_code"
    RESUME_RECOVERY = "resume_recovery"
    CANCEL_RECOVERY = "cancel_recovery"


@dataclass(frozen=True)
class Terms:
    """One row of the table.

    `tier`: how surely the caller is known. `is_fresh`: only soon after signing in. `needs_two`: it
    happens once somebody else has agreed. `notices`: what the account's owner sees or gets.
    """

    permission: Permission
    tier: Tier
    is_fresh: bool
    needs_two: bool
    name: Promise
    what: Promise
    notices: Promise


ACTS: Final[Mapping[Act, Terms]] = {
    Act.END_SESSIONS: Terms(
        Permission.HELP,
        Tier.MAILBOX,
        is_fresh=False,
        needs_two=False,
        name=_("Sign them out everywhere"),
        what=_("Every browser, app and service is signed out of the account at once."),
        notices=_("They sign in again, and an email tells them what was done."),
    ),
    Act.FREEZE: Terms(
        Permission.HELP,
        Tier.MAILBOX,
        is_fresh=False,
        needs_two=False,
        name=_("Freeze the account"),
        what=_("Nobody can sign in or use the account anywhere until its owner unfreezes it."),
        notices=_(
            "An email tells them. To unfreeze it they sign in with every way that they have, or "
            "come to a counter."
        ),
    ),
    Act.GIVE_CODE: Terms(
        Permission.HELP,
        Tier.OWNER,
        is_fresh=True,
        needs_two=False,
        name=_("Give them a recovery code"),
        what=_(
            "You see a code once, for the person at your counter. With it and their email they get "
            "back in after a wait of a day."
        ),
        notices=_(
            "They type the code at “Get back in”. When the wait begins, every email address of the "
            "account gets a link that stops it."
        ),
    ),
    Act.RESUME_RECOVERY: Terms(
        Permission.HELP,
        Tier.OWNER,
        is_fresh=True,
        needs_two=False,
        name=_("Let a stopped recovery go on"),
        what=_("Somebody stopped it by an email’s link. It waits on, and cannot be stopped so."),
        notices=_("Every email address of the account is told, and from when they can get in."),
    ),
    Act.CANCEL_RECOVERY: Terms(
        Permission.HELP,
        Tier.OWNER,
        is_fresh=True,
        needs_two=False,
        name=_("End a recovery that is not theirs"),
        what=_("Whoever began to get back into the account cannot go on. Nothing else changes."),
        notices=_("An email tells them."),
    ),
}
