"""How an account's owner proves who they are, and gets back in."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.export.part import Column, Part
from accounts.export.shapes import PROOFS, TEXTS
from accounts.models import (
    Authenticator,
    Freeze,
    NumberedCode,
    RecoveryRequest,
    RememberedDevice,
)
from accounts.notices.wording import DETAILS

_KIND: Final = _("Kind")
_WAY: Final = _("Way to sign in")
_ENDED: Final = _("Ended")
_STRENGTH: Final = _("How strongly it must be shown that it is you, from 1 to 3")

PARTS: Final = (
    Part(
        "ways_to_sign_in",
        _("Ways to sign in"),
        lambda asked: Authenticator.objects.filter(account=asked.account).select_related("passkey"),
        (
            Column("number", _("Number"), "id"),
            Column("kind", _KIND, words=DETAILS),
            Column("label", _("What you call it")),
            Column("created_at", _("Added")),
            Column("last_used_at", _("Last used")),
            Column("added_at_one_factor", _("Added after signing in with one thing only")),
            Column("lent_by_council", _("Lent to you by us")),
            Column("suspect_since", _("Stopped, because it was not you")),
            Column("transports", _("How a device reaches it"), "passkey.transports", TEXTS),
            Column("make", _("Number of its make"), "passkey.aaguid"),
            Column("times_used", _("How often it says it was used"), "passkey.sign_count"),
            Column("can_be_copied", _("Can be copied to other devices"), "passkey.backup_eligible"),
            Column("is_copied", _("Is copied to other devices"), "passkey.backed_up"),
            Column("is_found_by_itself", _("Works without a name"), "passkey.discoverable"),
            Column("asks_for_you", _("Asked for a PIN or the like"), "passkey.user_verified"),
        ),
        order="created_at",
    ),
    Part(
        "printed_codes",
        _("Printed codes and recovery codes"),
        lambda asked: NumberedCode.objects.filter(
            authenticator__account=asked.account
        ).select_related("authenticator"),
        (
            Column("way", _WAY, "authenticator.kind", words=DETAILS),
            Column("place", _("Number on the sheet"), "number"),
            Column("used_at", _("Used")),
        ),
    ),
    Part(
        "remembered_devices",
        _("Devices that may skip the second step"),
        lambda asked: RememberedDevice.objects.filter(account=asked.account),
        (
            Column("device", _("Device"), "started_on"),
            Column("created_at", _("Since")),
            Column("last_used_at", _("Last used")),
            Column("expires_at", _("Until")),
            Column("ended_at", _ENDED),
        ),
        order="created_at",
    ),
    Part(
        "recoveries",
        _("Getting back in"),
        lambda asked: RecoveryRequest.objects.filter(account=asked.account),
        (
            Column("rung", _("What it rests on")),
            Column("state", _("State")),
            Column("mailbox", _("Email address it was begun from"), "mailbox_key"),
            Column("device", _("Device"), "started_on"),
            Column("started_at", _("Begun")),
            Column("proofs", _("What was shown"), shape=PROOFS),
            Column("opens_at", _("Can go on from")),
            Column("closes_at", _("Open until")),
            Column("tries", _("Wrong codes typed"), "code_tries"),
            Column("opened_at", _("Gone on with")),
            Column("told_middle_at", _("You were told halfway")),
            Column("told_end_at", _("You were told at the end")),
            Column("paused_at", _("Stopped until we checked")),
            Column("ended_at", _ENDED),
        ),
        order="started_at",
    ),
    Part(
        "freezes",
        _("Times that your account was frozen"),
        lambda asked: Freeze.objects.filter(account=asked.account),
        (
            Column("how", _("How"), "by"),
            Column("mailbox", _("Email address whose link was used"), "mailbox_key"),
            Column("strength", _STRENGTH, "level"),
            Column("frozen_at", _("Frozen")),
            Column("ended_at", _ENDED),
            Column("ended_how", _("How it ended")),
        ),
    ),
)
