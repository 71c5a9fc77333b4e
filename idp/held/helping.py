"""What staff leave behind when they help somebody."""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.retention.vocabulary import After, Purpose, Table, With, not_personal, personal
from idp.held.reasons import EXPIRY, NUMBER
from idp.models import HelpSession, NameSearch, StaffRequest

_SAFETY: Final = Purpose.SAFETY
# The audit log says for longer who looked and what was done.
_KEPT: Final = timedelta(days=30)
_WORK: Final = "what a member of our staff did at work"

TABLES: Final = (
    Table(
        HelpSession,
        _("When our staff helped somebody"),
        After("expires_at", _("it ends"), _KEPT),
        owner="account",
        groups=(
            personal("account reason channel given others had_others started_at", _SAFETY),
            personal("tier known_by known_at called_back_at", _SAFETY),
            personal("address_key", _SAFETY, secret=True),
            not_personal("id case_reference help_code", NUMBER),
            not_personal("staff signed_in role ended_at", _WORK),
            not_personal("expires_at", EXPIRY),
        ),
    ),
    Table(
        StaffRequest,
        _("What our staff asked each other to agree to for somebody"),
        After("expires_at", _("it would be over at the latest"), _KEPT),
        owner="account",
        groups=(
            personal("account act tier known_by asked_at outcome reason decided_at", _SAFETY),
            personal("others channel called_back_at evidence new_address", _SAFETY),
            not_personal("id case_reference help_session recovery email_change", NUMBER),
            not_personal("asked_by decided_by due_at", _WORK),
            not_personal("expires_at", EXPIRY),
        ),
    ),
    Table(
        NameSearch,
        _("Why our staff looked for somebody by name"),
        With("help_session"),
        owner="help_session__account",
        groups=(
            personal("help_session ground noted_at", _SAFETY),
            not_personal("found", "ids of accounts to choose from, emptied when one is chosen"),
        ),
    ),
)
