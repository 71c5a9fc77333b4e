"""Where the pages of an account lead: settings, by names of addresses."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The menu of signed-in pages: names of addresses and what to call them.
ACCOUNT_MENU: list[tuple[str, Promise]] = [
    ("profile:account", _("Your account")),
    ("mfa:overview", _("Ways to sign in")),
    ("privacy:services", _("Your services")),
    ("sessions:sign_out", _("Sign out")),
]
# Where the account page leads besides: the same, and an address that is not there is left out.
ACCOUNT_LINKS: list[tuple[str, Promise]] = [
    ("mfa:overview", _("Ways to sign in")),
    ("mfa:password", _("Change your password")),
    ("history:history", _("What happened in your account")),
    ("safety:overview", _("Safe ways to reach you")),
    ("safety:leaving", _("Someone I live with has left, or I have")),
    ("freezing:freeze", _("Freeze your account")),
    ("joining:start", _("Join two accounts of yours")),
    ("organisations:mine", _("Organisations you look after")),
]
# And what concerns its owner's own data, also by name.
ACCOUNT_DATA_LINKS: list[tuple[str, Promise]] = [
    ("privacy:services", _("What you share, and with which services")),
    ("export:copy", _("Download everything we hold about you")),
    ("complaints:complaints", _("Complaints and corrections")),
    ("closing:start", _("Close your account")),
]
# Left out for whoever shares a mailbox: two accounts there may be two people's.
ACCOUNT_LINKS_UNLESS_SHARED: tuple[str, ...] = ("joining:start",)
# Left out for whoever has none: the page of all ways to sign in says whether they may add one.
ACCOUNT_LINKS_WITH_PASSWORD: tuple[str, ...] = ("mfa:password",)
# Left out unless the function of this path says of the account that it concerns them.
ACCOUNT_LINKS_IF: dict[str, str] = {
    "organisations:mine": "clients.organisations.home.queries.concerns",
}
# Where sign-ups lead that may come before the opening to residents.
SIGN_UP_BEFORE_OPENING: tuple[str, ...] = ("partners:new",)
# Where staff begin once they have signed in.
STAFF_HOME = "console:home"
