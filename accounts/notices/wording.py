"""Security news in residents' words: no place, no name of a service, nothing to follow."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Authenticator
from accounts.notices.news import Item, News
from accounts.pages.moments import moment

Kind = Authenticator.Kind

# What `tell` may be given as `detail` besides a kind of browser.
DETAILS: Final[dict[str, Promise]] = {
    Kind.PASSKEY: _("passkey"),
    Kind.SECURITY_KEY: _("security key"),
    Kind.APP: _("app that shows codes"),
    Kind.CODE_SHEET: _("printed sheet of codes"),
    Kind.RECOVERY_CODES: _("recovery codes"),
    Kind.TEXT_MESSAGE: _("text message"),
    "recovery_code": _("recovery code"),
    "password": _("password"),
    "email": _("email address"),
    "phone": _("phone number"),
    "address": _("postal address"),
}
SENTENCES: Final[dict[News, Promise]] = {
    News.ACCOUNT_CREATED: _("Your account was created"),
    News.PASSWORD_CHANGED: _("Your password was changed"),
    News.PASSWORD_RESET: _("Your password was changed by a link in an email"),
    News.WAY_ADDED: _("A way to sign in was added"),
    News.WAY_REMOVED: _("A way to sign in was removed"),
    News.KEY_LENT: _(
        "Our staff noted that the security key you added is one that we lent you: when you give it "
        "back, they take it off your account"
    ),
    News.LENT_KEY_TAKEN_BACK: _(
        "We took back the security key that we had lent you: it does not sign you in any more"
    ),
    News.WAYS_SET_ASIDE: _("Somebody told us “this wasn’t me”: new ways to sign in do not work"),
    News.WAY_KEPT: _("A way to sign in that did not work for a while works again"),
    News.RECOVERY_CODE_USED: _("A recovery code was used to sign in"),
    News.SIGNED_IN_SOMEWHERE_NEW: _("Somebody signed in where you had not signed in lately"),
    News.DEVICE_REMEMBERED: _("A device will not be asked for a second step for a while"),
    News.EVERYTHING_ENDED: _("You were signed out everywhere"),
    News.FROZEN: _("Your account was frozen"),
    News.FREEZE_REFERRED: _(
        "Somebody who reads your email asked again to freeze your account. It was not frozen: we "
        "need to check with you first, so call us or come to a counter"
    ),
    News.UNFROZEN: _("Your account is no longer frozen"),
    News.SUSPENDED: _("We suspended your account"),
    News.APPEAL_REFUSED: _(
        "Somebody else of us looked again at why we suspended your account: it stays suspended"
    ),
    News.REINSTATED: _("Your account is no longer suspended"),
    News.DEATH_UNDONE: _(
        "We were told by mistake that you had died, and stopped your account. We are sorry. "
        "It works again, and you can sign in as before"
    ),
    News.EMAIL_ADDED: _("An email address was added"),
    News.EMAIL_CHANGE_CANCELLED: _("The change of your main email address was cancelled"),
    News.EMAIL_PRIMARY_CHANGED: _("Your main email address was changed"),
    News.EMAIL_REMOVED: _("An email address was removed"),
    News.PHONE_CHANGED: _("Your phone number was changed"),
    News.ADDRESS_CHANGED: _("Your postal address was changed"),
    News.NAME_CHANGED: _("Your name was changed"),
    News.DATE_OF_BIRTH_CHANGED: _("Your date of birth was changed"),
    News.CHANNEL_MARKED_UNSAFE: _("We were told that we must not use one way to reach you"),
    News.CHANNEL_MARKED_SAFE: _("We were told that we may use one way to reach you again"),
    News.CALL_CODE_MAILED: _(
        "A code to read out to our staff was sent to you, because somebody told them that they own "
        "your account"
    ),
    News.CHECKED_BY_CODE: _(
        "Our staff talked to somebody who read out a code from your account’s page: they take that "
        "person for you"
    ),
    News.CHECKED_AT_COUNTER: _(
        "Our staff saw at a counter who somebody is: they take that person for you"
    ),
    News.DISCREET_CHANGED: _("How much our emails give away was changed"),
    News.EARLIER_ACCOUNT_LINKED: _("An earlier account at a service was linked with yours"),
    News.EARLIER_ACCOUNT_SEPARATED: _("An earlier account at a service was separated from yours"),
    News.EXPORT_ASKED: _("A copy of everything that we hold about you was asked for"),
    # Its day follows in the mail, so it has to end with what happened then.
    News.RECOVERY_CODE_GIVEN: _("Our staff gave somebody a code to get back into your account"),
    News.RECOVERY_STARTED: _("Somebody asked to get back in without your usual ways to sign in"),
    News.RECOVERY_WAITING: _("Somebody waits to get back in without your usual ways to sign in"),
    News.RECOVERY_OPEN: _("New ways to sign in can now be chosen"),
    News.RECOVERY_PAUSED: _("Getting back in was stopped until somebody has checked who asks"),
    News.RECOVERY_CANCELLED: _("Getting back in was cancelled"),
    News.RECOVERY_DONE: _("All ways to sign in were replaced"),
    News.JOINED: _("Another account was joined to yours"),
    News.JOINED_AND_CLOSED: _("Your account was closed and joined to another one"),
    News.CLOSING_ASKED: _("Somebody asked to close your account"),
    News.CLOSING_CANCELLED: _("Your account stays open: closing it was cancelled"),
    News.CLOSED: _("Your account was closed"),
    News.REOPENED: _("Your account was opened again"),
    News.UNUSED: _("Nobody has signed in to your account for years"),
}
_IT_CAN_GO_ON: Final = _("{happened}. It can go on from {moment}")
# What comes of it, where that is something else.
_COMES_ABOUT: Final[dict[News, Promise]] = {
    News.CLOSING_ASKED: _(
        "{happened}. It closes on {moment}, unless you sign in before then and keep it"
    ),
    News.DEATH_UNDONE: _(
        "{happened}. Somebody had asked to close it: it closes on {moment}, unless you sign in "
        "before then and keep it"
    ),
    News.REINSTATED: _(
        "{happened}. Somebody had asked to close it: it closes on {moment}, unless you sign in "
        "before then and keep it"
    ),
    News.CLOSED: _(
        "{happened}. Sign in before {moment} to have it back. After that it is deleted for good"
    ),
    News.UNUSED: _(
        "{happened}. To keep it, sign in before {moment}. After that we may close it, and we tell "
        "you again before we do"
    ),
}


def line(item: Item) -> str:
    """Return the item as one line: what, by or on what, when, and from when it counts."""
    what = str(SENTENCES[item.news])
    if item.detail:
        detail = DETAILS.get(item.detail, item.detail)
        what = gettext("{what} ({detail})").format(what=what, detail=detail)
    happened = gettext("{what}, on {moment}").format(what=what, moment=moment(item.at))
    if item.due is None:
        return happened
    comes = str(_COMES_ABOUT.get(item.news, _IT_CAN_GO_ON))
    return comes.format(happened=happened, moment=moment(item.due))
