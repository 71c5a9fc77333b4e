"""Why an act was not done, for staff."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from idp.console.acts.rules import Refusal

REFUSALS: Final[dict[Refusal, Promise]] = {
    Refusal.OWN_RECORD: _("This is your own account as a resident. Ask a colleague to help you."),
    Refusal.CLOSED: _("The account is closed: there is nothing to do this to."),
    Refusal.FROZEN_ALREADY: _("The account is frozen already."),
    Refusal.NOT_AT_COUNTER: _(
        "A code is for somebody at a counter. Begin to help them there, and look at their papers."
    ),
    Refusal.NO_RECOVERY: _("Nobody waits to get back into this account."),
    Refusal.NOT_STOPPED: _("The recovery is not stopped: it goes on by itself."),
}
