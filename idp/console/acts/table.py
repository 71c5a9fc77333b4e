"""Every act of staff on somebody's account: who may do it, and what its owner notices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.staff import Permission
from idp.console.helping.rules import Tier
from idp.console.requests.wording import GROUNDS, OF_TWO
from idp.models import StaffRequest


class Act(StrEnum):
    """One thing that staff do to an account."""

    END_SESSIONS = "end_sessions"
    FREEZE = "freeze"
    GIVE_CODE = "give_code"
    RESUME_RECOVERY = "resume_recovery"
    CANCEL_RECOVERY = "cancel_recovery"
    RESET_WAYS = "reset_ways"
    CHANGE_EMAIL = "change_email"
    CANCEL_EMAIL_CHANGE = "cancel_email_change"
    SUSPEND = "suspend"
    APPEAL = "appeal"


@dataclass(frozen=True)
class Terms:
    """One row of the table.

    `tier`: how surely the caller is known. `is_fresh`: only soon after signing in. `needs_two`: it
    happens once somebody else has agreed. `notices`: what the account's owner sees or gets.
    `grounds`: the reasons to choose from, if one is needed. `needs_address`: a new email address.
    """

    permission: Permission
    tier: Tier
    is_fresh: bool
    needs_two: bool
    name: Promise
    what: Promise
    notices: Promise
    grounds: Mapping[str, Promise] = field(default_factory=dict)
    needs_address: bool = False

    @property
    def needs_evidence(self) -> bool:
        """Whether the second person has to know what the first one saw."""
        return self.needs_two and self.tier is Tier.OWNER


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
            "You see a code once. Somebody at your counter types it at “Get back in”, with their "
            "email, and a wait of a day begins. Where two of us have agreed to replace the ways to "
            "sign in, that wait has begun, and they keep the code until it is over."
        ),
        notices=_(
            "An email tells them of the code. When the wait begins, halfway and at its end, every "
            "safe email address of the account gets a link that stops it. With the last of these "
            "emails they choose new ways."
        ),
    ),
    Act.RESUME_RECOVERY: Terms(
        Permission.HELP,
        Tier.OWNER,
        is_fresh=True,
        needs_two=False,
        name=_("Let a stopped recovery go on"),
        what=_(
            "Somebody stopped it by an email’s link. For whoever shows you papers at a counter it "
            "waits on, and cannot be stopped so."
        ),
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
    Act.RESET_WAYS: Terms(
        Permission.HELP,
        Tier.OWNER,
        is_fresh=True,
        needs_two=True,
        **vars(OF_TWO[StaffRequest.Act.RESET_WAYS]),
    ),
    Act.CHANGE_EMAIL: Terms(
        Permission.HELP,
        Tier.OWNER,
        is_fresh=True,
        needs_two=True,
        needs_address=True,
        **vars(OF_TWO[StaffRequest.Act.CHANGE_EMAIL]),
    ),
    Act.CANCEL_EMAIL_CHANGE: Terms(
        Permission.HELP,
        Tier.MAILBOX,
        is_fresh=False,
        needs_two=False,
        name=_("End a change of email address"),
        what=_("The address that somebody began to change stays as it is."),
        notices=_("An email tells them."),
    ),
    Act.SUSPEND: Terms(
        Permission.SUSPEND,
        Tier.UNCHECKED,
        is_fresh=True,
        needs_two=False,
        name=_("Suspend the account"),
        what=_("Nobody can use the account, nor close it, until somebody of us gives it back."),
        notices=_(
            "They are signed out everywhere, and an email tells them. They may appeal by phone or "
            "at a counter, and somebody other than you decides."
        ),
        grounds=GROUNDS,
    ),
    Act.APPEAL: Terms(
        Permission.HELP,
        Tier.UNCHECKED,
        is_fresh=False,
        needs_two=True,
        **vars(OF_TWO[StaffRequest.Act.APPEAL]),
    ),
}
