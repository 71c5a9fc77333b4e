"""Words of help sessions, for staff."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from idp.console.helping.rules import Refusal, Tier
from idp.models import HelpSession

REASONS: Final[dict[str, Promise]] = {
    HelpSession.Reason.CANNOT_SIGN_IN: _("They cannot sign in"),
    HelpSession.Reason.LOST_WAY: _("They lost a phone, key or code sheet"),
    HelpSession.Reason.NO_MAIL: _("An email or letter did not come"),
    HelpSession.Reason.NEW_CONTACT: _("They have a new email address or phone"),
    HelpSession.Reason.WORRIED: _("They fear that somebody else is in their account"),
    HelpSession.Reason.ENDING: _("An account is to end, or somebody has died"),
    HelpSession.Reason.COMPLAINT: _("They complain or ask to have something put right"),
    HelpSession.Reason.SECOND_PERSON: _("A colleague asks me to check something"),
}
CHANNELS: Final[dict[str, Promise]] = {
    HelpSession.Channel.PHONE: _("On the phone"),
    HelpSession.Channel.COUNTER: _("At a counter, in person"),
}
OTHERS: Final[dict[str, Promise]] = {
    HelpSession.Other.INTERPRETER: _("An interpreter"),
    HelpSession.Other.RELAY: _("A relay service"),
    HelpSession.Other.ADVOCATE: _("A relative, friend or advocate who speaks for them"),
}
TIERS: Final[dict[Tier, Promise]] = {
    Tier.UNCHECKED: _("Not checked"),
    Tier.MAILBOX: _("Reads the account’s email"),
    Tier.OWNER: _("Owner of the account"),
}
KNOWN: Final[dict[str, Promise]] = {
    HelpSession.Known.MAILED_CODE: _("by a code from an email"),
    HelpSession.Known.ACCOUNT_CODE: _("by a code from the account"),
    HelpSession.Known.COUNTER: _("in person, at a counter"),
}
REFUSALS: Final[dict[Refusal, Promise]] = {
    Refusal.OVER: _("This help session is over. It lasts 30 minutes, so begin another."),
    Refusal.TIER_TOO_LOW: _(
        "You cannot see this yet: check first that you are talking to the owner of the account."
    ),
    Refusal.NO_ACCOUNT: _("You cannot do this: nothing they told you leads to one account."),
    Refusal.OWN_RECORD: _(
        "This is your own account as a resident. Ask a colleague to help you with it."
    ),
    Refusal.COLLEAGUE: _(
        "This account belongs to somebody you work with. Pass the person on to a support lead, and "
        "do not say why: a caller may only want to know who has an account."
    ),
    Refusal.NOT_BY_NAME: _("This account is not opened by a search for names."),
    Refusal.TOO_MANY_LOOKS: _(
        "You have looked up many people in a short time. Wait, or ask a support lead to go on."
    ),
    Refusal.UNKNOWN_CODE: _(
        "Nothing has this code or reference now. Codes on pages last half an hour, those in emails "
        "a week. Ask them to read it again, or to open the page anew. If it was a name, do not say "
        "that nobody has it: ask for their email address."
    ),
}
