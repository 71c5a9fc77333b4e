"""Who an account's owner is, and how they can be reached."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.export.part import Column, Part
from accounts.export.shapes import LINES
from accounts.models import Account, EmailAddress, EmailChange, Phone, PostalAddress

_CHECKED: Final = _("Checked by us on")
_CHANGED: Final = _("Last changed")
_CONFIRMED: Final = _("Confirmed by you on")
_UNSAFE: Final = _("Marked as not safe on")

PARTS: Final = (
    Part(
        "account",
        _("Your account"),
        lambda asked: Account.objects.filter(pk=asked.account.pk),
        (
            Column("number", _("Number of your account"), "id"),
            Column("sign_in_name", _("Sign-in name")),
            Column("full_name", _("Name")),
            Column("full_name_checked_at", _("Name checked by us on")),
            Column("former_name", _("Former name")),
            Column("shares_former_name", _("Services may see your former name")),
            Column("date_of_birth", _("Date of birth")),
            Column("date_of_birth_checked_at", _("Date of birth checked by us on")),
            Column("language", _("Language")),
            Column("state", _("State"), "status"),
            Column("created_at", _("Created")),
            Column("password_changed_at", _("Password last changed")),
            Column("password_from_mailbox", _("Password chosen by a link in an email")),
            Column("password_suspect_since", _("Password stopped, because it was not you")),
            Column("is_discreet", _("Our emails hide what they are about")),
            Column("changes_held_until", _("No changes to ways to sign in before")),
            Column("joined_into", _("Joined into the account with the number"), "joined_into_id"),
        ),
    ),
    Part(
        "email_addresses",
        _("Email addresses"),
        lambda asked: EmailAddress.objects.filter(account=asked.account),
        (
            Column("address", _("Email address")),
            Column("is_main", _("Main address"), "is_primary"),
            Column("confirmed_at", _CONFIRMED),
            Column("unsafe_since", _UNSAFE),
        ),
    ),
    Part(
        "email_changes",
        _("Changes of email addresses"),
        lambda asked: EmailChange.objects.filter(account=asked.account),
        (
            Column("kind", _("Kind of change")),
            Column("address", _("New address")),
            Column("old_address", _("Address before")),
            Column("changes_sign_in_name", _("Changes your sign-in name too")),
            Column("started_on", _("Asked for on")),
            Column("started_at", _("Asked for at")),
            Column("expires_at", _("Open until")),
            Column("tries", _("Wrong codes typed"), "code_tries"),
            Column("confirmed_at", _("Confirmed at the new address")),
            Column("agreed_at", _("Agreed to at the old address")),
            Column("opens_at", _("Goes on without the old address from")),
            Column("done_at", _("Done")),
            Column("cancelled_at", _("Cancelled")),
            Column("disputed_at", _("Objected to")),
            Column("by_staff", _("Agreed to by our staff")),
        ),
        order="started_at",
    ),
    Part(
        "phone",
        _("Phone number"),
        lambda asked: Phone.objects.filter(account=asked.account),
        (
            Column("number", _("Number")),
            Column("confirmed_at", _CONFIRMED),
            Column("last_used_at", _("Last used")),
            Column("unsafe_since", _UNSAFE),
            Column("changed_at", _CHANGED),
        ),
    ),
    Part(
        "postal_address",
        _("Postal address"),
        lambda asked: PostalAddress.objects.filter(account=asked.account),
        (
            Column("lines", _("Address"), shape=LINES),
            Column("postcode", _("Postcode")),
            Column("uprn", _("Number of the building in the national list")),
            Column("no_fixed_address", _("No fixed address")),
            Column("checked_at", _CHECKED),
            Column("unsafe_since", _UNSAFE),
            Column("changed_at", _CHANGED),
        ),
    ),
)
