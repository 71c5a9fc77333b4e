"""Changes of how an account is reached, ways back into it, and what makes it safer."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.freezing.rules import MAIL_AGAIN_AFTER
from accounts.held.reasons import EXPIRY, NUMBER, STEP
from accounts.models import DeathNote, EmailChange, Freeze, Leaving, RecoveryRequest
from accounts.retention.vocabulary import After, Purpose, Table, not_personal, personal

_SAFETY, _REACH = Purpose.SAFETY, Purpose.REACH
# For as long as somebody may ask what came of one.
_RECOVERIES_ASKED_ABOUT: Final = timedelta(days=30)
# An old address that froze the account is looked into by staff.
_DISPUTES_KEPT: Final = timedelta(days=365)


def _undisputed(rows: QuerySet[Any], now: datetime) -> QuerySet[Any]:
    return rows.filter(Q(disputed_at=None) | Q(disputed_at__lte=now - _DISPUTES_KEPT))


TABLES: Final = (
    Table(
        EmailChange,
        _("Changes of email addresses"),
        After(
            "expires_at",
            _("it expires, or a year after somebody objected to it"),
            due=_undisputed,
        ),
        owner="account",
        groups=(
            personal("account kind address old_address changes_sign_in_name", _REACH),
            personal("started_on started_at confirmed_at agreed_at opens_at", _SAFETY),
            personal("done_at cancelled_at disputed_at by_staff", _SAFETY),
            personal("address_key old_key", _REACH, secret=True),
            not_personal("id", NUMBER),
            not_personal("code_tries told_middle_at", STEP),
            not_personal("expires_at", EXPIRY),
        ),
    ),
    Table(
        RecoveryRequest,
        _("Ways back into an account"),
        After("ended_at", _("it ends"), _RECOVERIES_ASKED_ABOUT),
        owner="account",
        groups=(
            personal("account rung state started_on started_at proofs", _REACH),
            personal("opens_at closes_at opened_at paused_at ended_at", _SAFETY),
            personal("mailbox_key code_hash opened_by_hash", _REACH, secret=True),
            not_personal("id", NUMBER),
            not_personal("code_tries told_middle_at told_end_at", STEP),
        ),
    ),
    Table(
        Freeze,
        _("Accounts that were frozen"),
        # An ended one says whose mailbox may not freeze again yet.
        After("ended_at", _("it ends"), MAIL_AGAIN_AFTER),
        owner="account",
        groups=(
            personal("account by level frozen_at ended_at ended_how", _SAFETY),
            personal("mailbox_key", _SAFETY, secret=True),
            not_personal("id", NUMBER),
        ),
    ),
    Table(
        DeathNote,
        _("Owners of whose death we were told"),
        After("undone_at", _("it turns out to be wrong"), _RECOVERIES_ASKED_ABOUT),
        owner="account",
        groups=(
            personal("account evidence noted_at lapses_at was_suspended undone_at", _SAFETY),
            not_personal("id", NUMBER),
        ),
    ),
    Table(
        Leaving,
        _("Walks through the guide for when people part"),
        After("expires_at", _("it expires")),
        owner="account",
        groups=(
            personal("account choices address started_at confirmed_at done_at", _SAFETY),
            personal("message", _SAFETY),
            personal("password address_key browser_hash", _SAFETY, secret=True),
            not_personal("id", NUMBER),
            not_personal("code_tries", STEP),
            not_personal("expires_at", EXPIRY),
        ),
    ),
)
