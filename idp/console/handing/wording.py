"""Words of lent keys and of letters, for staff."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.mfa.rules import Lending, Removal
from accounts.models import Letter
from idp.console.handing.rules import Refusal

LENDINGS: Final[dict[Lending, Promise]] = {
    Lending.GONE: _("There is no such key any more"),
    Lending.TOO_OLD: _(
        "This key was added more than an hour ago, so it is their own. To lend them one, let them "
        "add it now."
    ),
}
REMOVALS: Final[dict[Removal, Promise]] = {
    Removal.GONE: _("There is no such key any more"),
    Removal.LAST_WAY: _(
        "Without this key nobody could sign in. Get the owner back in another way first."
    ),
}
KINDS: Final[dict[str, Promise]] = {
    Letter.Kind.RECOVERY_CODE: _("Code to get back in"),
    Letter.Kind.CODE_SHEET: _("Sheet of codes"),
    Letter.Kind.ACCOUNT_CLOSES: _("The day on which the account closes"),
}
STATES: Final[dict[str, Promise]] = {
    Letter.State.QUEUED: _("waits to be printed"),
    Letter.State.SENT: _("handed over to be printed and posted"),
    Letter.State.FAILED: _("could not be handed over"),
    Letter.State.DROPPED: _("not wanted any more, and not sent"),
}
REFUSALS: Final[dict[Refusal, Promise]] = {
    Refusal.NO_ADDRESS: _(
        "No letter can go to them now: their address is missing, unchecked, new or not safe."
    ),
    Refusal.NOT_ACTIVE: _("Nobody can sign in to this account now, so a sheet would be no use."),
    Refusal.TOO_MANY: _("As many sheets as may be sent in four weeks are on their way already."),
}
