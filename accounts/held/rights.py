"""What people ask of the council about their own account: answers, copies, an end."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.complaints.rules import KEPT as COMPLAINTS_KEPT
from accounts.held.reasons import ANSWERED, CLOSING, EXPIRY, NUMBER, STEP
from accounts.models import (
    AccountClosing,
    Complaint,
    Export,
    ExportChunk,
    Inactivity,
)
from accounts.retention.vocabulary import (
    After,
    Endless,
    Purpose,
    Table,
    With,
    not_personal,
    personal,
)

_RIGHTS: Final = Purpose.RIGHTS

TABLES: Final = (
    Table(
        Complaint,
        _("Complaints and requests to put something right, with their answers"),
        After("answered_at", _("the answer"), COMPLAINTS_KEPT),
        owner="account",
        groups=(
            personal("account kind made_at outcome answered_at", _RIGHTS, kept=ANSWERED),
            personal("text answer", _RIGHTS),
            not_personal("id code", NUMBER),
            not_personal("due_on", EXPIRY),
        ),
    ),
    Table(
        Export,
        _("Copies of everything held that were asked for"),
        After("expires_at", _("it expires")),
        owner="account",
        groups=(
            personal("account includes_private asked_at ready_at downloads", _RIGHTS),
            not_personal("id", NUMBER),
            not_personal("state failure parts_done parts_all attempt worked_at", STEP),
            not_personal("json_size page_size", "how large it is"),
            not_personal("expires_at", EXPIRY),
        ),
    ),
    Table(
        ExportChunk,
        _("Their content, encrypted"),
        With("export"),
        owner="export__account",
        groups=(
            personal("export", _RIGHTS),
            personal("content", _RIGHTS, secret=True),
            not_personal("id attempt document number", NUMBER),
        ),
    ),
    Table(
        AccountClosing,
        _("Accounts that close or were closed"),
        Endless(_("As long as the number that stays of the account")),
        owner="account",
        groups=(
            personal("account reason asked_at closes_at closed_at", _RIGHTS, kept=CLOSING),
            personal("cancelled_at reopened_at purged_at", _RIGHTS, kept=CLOSING),
            not_personal("id", NUMBER),
            not_personal("reopen_until", EXPIRY),
        ),
    ),
    Table(
        Inactivity,
        _("Reminders that nobody has used an account for years"),
        With("account"),
        owner="account",
        groups=(
            personal("account told_at told_again_at announced_at closes_at", _RIGHTS),
            not_personal("id", NUMBER),
        ),
    ),
)
