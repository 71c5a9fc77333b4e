"""Mails, letters, text messages, and the codes by which staff find what came of them."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.held.reasons import EXPIRY, NUMBER, STEP
from accounts.models import CallCode, HelpCode, Letter, OutboundMessage, TextCode, TextMessage
from accounts.retention.vocabulary import After, Purpose, Table, not_personal, personal

_REACH: Final = Purpose.REACH
# For as long as somebody may ask what came of a recovery.
LETTERS_ASKED_ABOUT: Final = timedelta(days=30)
_WRITTEN: Final = _("it was written, and never before an account closes of whose closing it tells")


def _void(rows: QuerySet[Any], now: datetime) -> QuerySet[Any]:
    # Whoever follows its link late must still be able to make things safer.
    rows = rows.exclude(secret_expires_at__gt=now)
    return rows.exclude(_tells_of_closing(OutboundMessage.Template.ACCOUNT_CLOSES, "template"))


def _told(rows: QuerySet[Any], now: datetime) -> QuerySet[Any]:
    del now
    return rows.exclude(_tells_of_closing(Letter.Kind.ACCOUNT_CLOSES, "kind"))


def _tells_of_closing(kind: str, column: str) -> Q:
    """Return which rows show that an owner was told, while the account is to close or was not."""
    return Q(**{column: kind}, account__inactivity__closes_at__isnull=False)


TABLES: Final = (
    Table(
        OutboundMessage,
        _("Mails to people: what each was about, not what it said"),
        # For as long as staff can be asked about a mail by its help code.
        After(
            "created_at",
            _(
                "it was written, and never before its link is void, nor before an account closes "
                "of whose closing it tells"
            ),
            settings.MAIL_HELP_CODE_LIFETIME,
            _void,
        ),
        owner="account",
        groups=(
            personal("account template address language news", _REACH),
            personal("sign_up sign_in recovery email_change", _REACH),
            personal("created_at sent_at used_at kept_open_until", _REACH),
            personal("address_key link_hash code_hash kept_open_by_hash", _REACH, secret=True),
            not_personal("id", NUMBER),
            not_personal("about_name", "names an organisation or its application"),
            not_personal("send_after state attempts last_error", STEP),
            not_personal("secret_expires_at", EXPIRY),
        ),
    ),
    Table(
        HelpCode,
        _("Codes by which staff see what happened, and not to whom"),
        After("expires_at", _("it expires")),
        owner="message__account",
        groups=(
            personal("message steps created_at", _REACH),
            personal("browser_hash", _REACH, secret=True),
            not_personal("id code", NUMBER),
            not_personal("expires_at", EXPIRY),
        ),
    ),
    Table(
        Letter,
        _("Letters to people: what each was about, not what it said"),
        After("created_at", _WRITTEN, LETTERS_ASKED_ABOUT, _told),
        owner="account",
        groups=(
            personal("account kind recovery authenticator language", _REACH),
            personal("created_at sent_at", _REACH),
            not_personal("id", NUMBER),
            not_personal("state attempts last_error", STEP),
        ),
    ),
    Table(
        TextCode,
        _("Text messages with a code"),
        After("expires_at", _("its code expires")),
        owner="account",
        groups=(
            personal("account purpose number language created_at used_at", _REACH),
            personal("code_hash browser_hash", _REACH, secret=True),
            not_personal("id", NUMBER),
            not_personal("state attempts last_error tries", STEP),
            not_personal("expires_at", EXPIRY),
        ),
    ),
    Table(
        CallCode,
        _("Codes by which callers show our staff that an account is theirs"),
        After("expires_at", _("it expires")),
        owner="account",
        groups=(
            personal("account purpose message created_at used_at", _REACH),
            personal("code_hash", _REACH, secret=True),
            not_personal("id asked_in", NUMBER),
            not_personal("tries", STEP),
            not_personal("expires_at", EXPIRY),
        ),
    ),
    Table(
        TextMessage,
        _("Text messages to people: what each was about, not what it said"),
        After("created_at", _WRITTEN, LETTERS_ASKED_ABOUT, _told),
        owner="account",
        groups=(
            personal("account kind number language created_at sent_at", _REACH),
            not_personal("id", NUMBER),
            not_personal("state attempts last_error", STEP),
        ),
    ),
)
