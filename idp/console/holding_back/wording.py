"""Words of what is kept back, for staff."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.holding_back.rules import Refusal

REFUSALS: Final[dict[Refusal, Promise]] = {
    Refusal.TOO_LONG: _("It may last 90 days at most. Two people can renew it"),
    Refusal.IN_THE_PAST: _("Choose a day from tomorrow on"),
    Refusal.SAME_PERSON: _(
        "You asked for this, or may be the same person as who did, so somebody else must agree"
    ),
    Refusal.SAME_KIND: _("One of the two must be a support lead and the other an auditor"),
    Refusal.THEIR_OWN: _("This is your own account as a resident, so others must decide"),
    Refusal.ASKERS_OWN: _("It is the account of whoever asked, so others must ask and decide"),
    Refusal.NOT_WAITING: _("Somebody has answered this, or it is over"),
}
