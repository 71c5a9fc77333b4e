"""Words of protected accounts, for staff."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from idp.console.protection.rules import Refusal

REFUSALS: Final[dict[Refusal, Promise]] = {
    Refusal.NOT_NAMED: _(
        "Only a support lead who is named for this account can change this. Ask one of them."
    ),
    Refusal.LAST_LEAD: _("Name another support lead first: one must be left who can help"),
    Refusal.NO_LEAD: _("Choose somebody who is a support lead now"),
    Refusal.NOT_PROTECTED: _("This account is not protected any more"),
    Refusal.PROTECTED_ALREADY: _("This account is protected already"),
}
