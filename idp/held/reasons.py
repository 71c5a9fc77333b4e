"""Why something stays when its account is closed for good, and why columns are about nobody."""

from typing import Final

from django.utils.translation import gettext_lazy as _

AGREED: Final = _("To be able to show what was shared with whom, and why that was right")
TOLD: Final = _("To tell services, and to be able to show, that the account was closed")
SUBJECT: Final = _("So that no service ever takes somebody else for this person")
REGISTERED: Final = _("So that its owner can bring the account at that service along again")

NUMBER: Final = "numbers the row"
STEP: Final = "how far our own work is, and when it goes on"
EXPIRY: Final = "a time that we set"
ASKED: Final = "what the service asked for"
