"""What is read out to whoever merely named an address, a name or a reference; for staff.

The same for every cause: by any difference a stranger would learn what is a neighbour's. Staff
choose by what the caller says of themselves, which tells them nothing that they did not say.
"""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TO_ANYBODY: Final[tuple[Promise, ...]] = (
    _(
        "I cannot say whether an address has an account before I know who you are. What I tell "
        "you now, I tell everybody."
    ),
    _("What does your screen say, and what have you tried? Is there a help code at its foot?"),
)
# What the caller says -> what they hear.
IF_THEY_SAY: Final[tuple[tuple[Promise, Promise], ...]] = (
    (
        _("No email has come"),
        _(
            "Look for our newest email, also in the spam folder. If there is none, check how your "
            "address is spelt, and try each address you have had. You can also make an account "
            "with the one you use now."
        ),
    ),
    (
        _("A link or code does not work"),
        _("Use the newest email only. The page where you type it can send you another."),
    ),
    (_("A page tells them to wait"), _("That page also offers to email you a code.")),
    (
        _("They lost their password, phone or codes"),
        _("Choose “I cannot do this” on the page that asks for it."),
    ),
    (
        _("They are getting back in"),
        _(
            "Our last email says from when you can go on. Nobody can make that shorter, because it "
            "protects you. If you did not ask for it, its link stops it."
        ),
    ),
    (
        _("They froze their account"),
        _(
            "If you froze your account, sign in with everything you have set up, or come to a "
            "counter with proof of who you are."
        ),
    ),
    (
        _("Something else"),
        _("I can do more once I have checked who you are. Shall we do that now?"),
    ),
)
DONE_TO_ANYBODY: Final[tuple[Promise, ...]] = (
    _(
        "What can be done for now is done. If there is something to send you, it comes within a "
        "minute: look in the spam folder too, and use the newest email."
    ),
    _("If a page asked you to wait, try again now."),
    _("If nothing comes, try each other address you have had, or let me check who you are."),
)
