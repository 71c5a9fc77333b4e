"""Words of the checks of a caller, for staff."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from idp.console.knowing.rules import Evidence

WAYS: Final[dict[str, Promise]] = {
    "mailed": _("Send a code to the account’s email address"),
    "shown": _("They read out a code from their account page"),
    "counter": _("They show me at the counter who they are"),
}
WAY_HINTS: Final[dict[str, Promise]] = {
    "mailed": _("You then see what happened and can make the account safe."),
    "shown": _("They find it under “Ways to sign in”. You can then help with everything."),
    "counter": _("You can then help with everything."),
}
EVIDENCE: Final[dict[str, Promise]] = {
    Evidence.PHOTO: _("A passport, driving licence or other identity card with a photo of them"),
    Evidence.TWO_PAPERS: _("Two official letters or certificates in their name, one with address"),
}
WRONG_CODE: Final = _(
    "This code does not work. Ask them to read it again, letter by letter. After five tries, or "
    "ten minutes, they need a new one."
)
HELP_CODE_READ: Final = _(
    "This is a help code, which shows what happened and not who they are. Ask for the other code: "
    "it stands in the middle of our email, or on the page “Your code for this call”."
)
NOT_THAT_PERSON: Final = _(
    "This is not what the account says, or there is no one account. Check what you typed. If it is "
    "right, do not go on: tell the person to write to us."
)
NO_PHONE: Final = _(
    "There is no number that you may ring back: none is confirmed, or it is new. Ask them to come "
    "to a counter."
)
