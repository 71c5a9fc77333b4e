"""Why something stays when its account is closed for good, and why columns are about nobody."""

from typing import Final

from django.utils.translation import gettext_lazy as _

TOMBSTONE: Final = _(
    "A number without a name stays, so that no service ever takes somebody else for this person"
)
CLOSING: Final = _("To show that the account was closed, when, and at whose wish")
ANSWERED: Final = _("To show that it was answered, while the answer may be questioned")
FACTS: Final = _("What happened stays, under numbers that nobody can lead back to a person")

NUMBER: Final = "numbers the row"
STEP: Final = "how far our own work is, and when it goes on"
EXPIRY: Final = "a time that we set"
