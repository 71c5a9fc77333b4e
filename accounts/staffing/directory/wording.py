"""Why a visit to the directory opens nothing, in words."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.staffing.directory.rules import Refusal

_NOT_BELIEVED: Final = _(
    "The directory’s answer failed a check, so we take nobody for anybody by it. Tell whoever "
    "looks after staff accounts, with the help code on this page."
)
WORDS: Final[dict[Refusal, Promise]] = {
    Refusal.NOT_BEGUN_HERE: _(
        "This answer belongs to no sign-in that was begun in this browser in the last half hour, "
        "or it was used already. Begin on the staff sign-in page."
    ),
    Refusal.ANOTHER_ISSUER: _NOT_BELIEVED,
    Refusal.UNTRUSTED: _NOT_BELIEVED,
    Refusal.UNNAMED: _NOT_BELIEVED,
    Refusal.DECLINED: _("The directory did not sign you in, or you chose not to go on there."),
    Refusal.SILENT: _(
        "The directory does not answer. If you have a key you can sign in with it. If not, whoever "
        "looks after staff accounts can send you a link."
    ),
    Refusal.NO_MAILBOX: _(
        "The directory gives no email address for you that it vouches for. Ask whoever looks after "
        "the directory to add one."
    ),
    Refusal.GROUPS_NOT_SAID: _(
        "You are in so many groups that the directory does not name them. Ask whoever looks after "
        "it to name only those that matter here."
    ),
    Refusal.NO_GROUP: _(
        "The directory knows you, but you are in none of the groups that work with this service. "
        "Ask your manager if you should be."
    ),
    Refusal.NOT_ASKED_AGAIN: _(
        "The directory gives us no way to ask later whether you still work here. Whoever looks "
        "after it must let this service have refresh tokens."
    ),
    Refusal.BARRED: _(
        "Your staff account was ended here, by a person. Only whoever looks after staff accounts "
        "can make you a new one."
    ),
    Refusal.MAILBOX_TAKEN: _(
        "There is a staff account with your email address already, which the directory did not "
        "make. If it is yours, sign in with its key. If not, tell whoever looks after staff "
        "accounts."
    ),
    Refusal.MAILBOX_CHANGED: _(
        "The directory gives another email address for you than when your staff account was made. "
        "A key that you have still works. For a new one ask whoever looks after staff accounts."
    ),
    Refusal.KEY_TOO_LATE: _(
        "The time to add a key is over, or one was added meanwhile. Begin on the staff sign-in "
        "page."
    ),
}
