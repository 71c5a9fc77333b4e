"""Words of complaints, for staff."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Complaint
from idp.console.answering.rules import Refusal

KINDS: Final[dict[str, Promise]] = {
    Complaint.Kind.USE: _("How we use or keep what we know about them"),
    Complaint.Kind.WRONG: _("Something that we hold is wrong, and they cannot change it"),
    Complaint.Kind.SERVICE: _("How a service uses what it got from us"),
}
OUTCOMES: Final[dict[str, Promise]] = {
    Complaint.Outcome.UPHELD: _("We agree with them"),
    Complaint.Outcome.PARTLY_UPHELD: _("We agree with part of it"),
    Complaint.Outcome.NOT_UPHELD: _("We do not agree"),
}
REFUSALS: Final[dict[Refusal, Promise]] = {
    Refusal.THEIR_OWN: _("This is your own complaint. Somebody else answers it."),
    Refusal.LOOKED_BEFORE: _(
        "You helped this person in the 30 days before they complained, so it may be about you. "
        "Somebody else answers it."
    ),
    Refusal.PROTECTED: _(
        "This account is protected. A support lead who is named for it answers its complaints."
    ),
}
