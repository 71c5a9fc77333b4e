"""Why an act was not done, for staff."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from idp.console.acts.rules import Refusal
from idp.console.requests.wording import REFUSALS as OF_REQUESTS

NOT_KNOWN: Final = _("The caller has to be known as “%(tier)s” first.")
_OF_ACTS: Final[dict[Refusal, Promise]] = {
    Refusal.OWN_RECORD: _("This is your own account as a resident. Ask a colleague to help you."),
    Refusal.CLOSED: _("The account is closed: there is nothing to do this to."),
    Refusal.FROZEN_ALREADY: _("The account is frozen already."),
    Refusal.SUSPENDED_ALREADY: _("The account is suspended already."),
    Refusal.NOT_AT_COUNTER: _(
        "A code is for somebody at a counter, or for whom two of us have agreed to replace the "
        "ways to sign in. Begin to help them at a counter, and look at their papers."
    ),
    Refusal.PAPERS_NEEDED: _(
        "Somebody who reads the account’s email stopped it, and that may be the owner. It goes on "
        "only for somebody whose papers you have looked at, at a counter."
    ),
    Refusal.NO_EMAIL_CHANGE: _("No change of email address waits for this account."),
    Refusal.NO_RECOVERY: _("Nobody waits to get back into this account."),
    Refusal.STOPPED: _(
        "Somebody stopped it by an email’s link. Find out who is who, and choose “Let a stopped "
        "recovery go on” first."
    ),
    Refusal.NOT_STOPPED: _("The recovery is not stopped: it goes on by itself."),
}
# By their values: a request for a second person is refused in the words of its own list.
REFUSALS: Final[dict[str, Promise]] = {
    **{str(refusal): words for refusal, words in OF_REQUESTS.items()},
    **{str(refusal): words for refusal, words in _OF_ACTS.items()},
}
