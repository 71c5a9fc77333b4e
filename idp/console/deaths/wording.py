"""Words of deaths, for staff."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import DeathNote

EVIDENCE: Final[dict[str, Promise]] = {
    DeathNote.Evidence.CERTIFICATE: _("I have seen the death certificate"),
    DeathNote.Evidence.TELL_US_ONCE: _("Tell Us Once has told us"),
    DeathNote.Evidence.REGISTRAR: _("The registrar has told us"),
    DeathNote.Evidence.CALL: _("A relative or somebody else has told us, and shown nothing"),
}
HINTS: Final[dict[str, Promise]] = {
    DeathNote.Evidence.CALL: _(
        "It is undone by itself after 14 days if nobody shows one of the others"
    ),
}
