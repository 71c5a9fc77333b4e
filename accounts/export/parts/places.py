"""Where an account's owner is or was signed in."""

from typing import Final

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.export.part import Column, Part
from accounts.export.shapes import PROOFS
from accounts.models import PendingSignIn, PendingSignUp, Session

_BEGUN: Final = _("Begun")
_DEVICE: Final = _("Device")
_STRENGTH: Final = _("How strongly it was shown that it is you, from 1 to 3")
_PROOFS: Final = _("What was shown")
_SHARED: Final = _("Others use this device too")

PARTS: Final = (
    Part(
        "signed_in",
        _("Where you were signed in"),
        lambda asked: Session.objects.filter(account=asked.account),
        (
            Column("number", _("Number"), "id"),
            Column("device", _DEVICE, "started_on"),
            Column("proofs", _PROOFS, shape=PROOFS),
            Column("strength", _STRENGTH, "level"),
            Column("signed_in_at", _("Signed in")),
            Column("first_shown_at", _("First shown who you are"), "auth_time"),
            Column("last_seen_at", _("Last used")),
            Column("expires_at", _("Ends at the latest")),
            Column("is_shared_device", _SHARED),
            Column("ended_at", _("Ended")),
            Column("end_reason", _("Why it ended")),
        ),
        order="signed_in_at",
    ),
    Part(
        "sign_ins_begun",
        _("Sign-ins that were begun"),
        lambda asked: PendingSignIn.objects.filter(account=asked.account),
        (
            Column("begun_at", _BEGUN, "created_at"),
            Column("expires_at", _("Open until")),
            Column("done_at", _("Done")),
            Column("language", _("Language")),
            Column("is_shared_device", _SHARED),
            Column("strength", _("How strongly it must be shown that it is you"), "level"),
            Column("proofs", _PROOFS, shape=PROOFS),
            Column("proved_at", _("First shown")),
            Column("proofs_until", _("Counts until")),
            Column("password_changed_at", _("Password last changed")),
        ),
        order="created_at",
    ),
    Part(
        "sign_ups",
        _("Creating your account"),
        # Only to addresses of the account: in one browser somebody else may have begun another.
        lambda asked: PendingSignUp.objects.filter(
            flow__account=asked.account,
            flow__account__email_addresses__address_key=F("address_key"),
        ),
        (
            Column("address", _("Email address")),
            Column("device", _DEVICE, "started_on"),
            Column("begun_at", _BEGUN, "created_at"),
            Column("expires_at", _("Open until")),
            Column("tries", _("Wrong codes typed"), "code_tries"),
            Column("confirmed_at", _("Confirmed")),
            Column("refused_at", _("Refused")),
            Column("completed_at", _("Done")),
        ),
        order="created_at",
    ),
)
