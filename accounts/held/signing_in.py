"""Sign-ins and sign-ups, under way and done."""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.held.reasons import EXPIRY, NUMBER, STEP
from accounts.models import (
    KeptForm,
    LimitCounter,
    PendingSignIn,
    PendingSignUp,
    Session,
    StartCode,
)
from accounts.retention.vocabulary import After, Purpose, Table, not_personal, personal

_SIGN_IN, _SAFETY = Purpose.SIGN_IN, Purpose.SAFETY
# An account's history says on which kind of browser something was done, for as long as somebody
# may ask about it.
_HISTORY_TELLS: Final = timedelta(days=365)
_EXPIRED: Final = After("expires_at", _("it expires"))

TABLES: Final = (
    Table(
        Session,
        _("Where people are and were signed in"),
        After("expires_at", _("it would have ended at the latest"), _HISTORY_TELLS),
        owner="account",
        groups=(
            personal("account proofs level auth_time signed_in_at last_seen_at", _SIGN_IN),
            personal("is_shared_device", _SIGN_IN),
            personal("started_on ended_at end_reason", _SAFETY),
            personal("cookie_hash", _SIGN_IN, secret=True),
            not_personal("id", NUMBER),
            not_personal("expires_at", EXPIRY),
        ),
    ),
    Table(
        PendingSignIn,
        _("Sign-ins that have begun"),
        _EXPIRED,
        owner="account",
        groups=(
            personal("account login_hint proofs proved_at password_changed_at", _SIGN_IN),
            personal("stands_on beside as_someone_else is_shared_device", _SIGN_IN),
            personal("service_name is_sensitive return_to created_at done_at", _SIGN_IN),
            personal("mailbox_proved_key browser_hash", _SIGN_IN, secret=True),
            not_personal("id", NUMBER),
            not_personal("language form_action give_up_to", "what the service asked for"),
            not_personal("level at_highest_level remembered_device_will_do", "what it needs"),
            not_personal("test_group", "whether made-up people or real ones sign in"),
            not_personal("proofs_until expires_at", EXPIRY),
        ),
    ),
    Table(
        PendingSignUp,
        _("Accounts that are about to be made"),
        _EXPIRED,
        owner="flow__account",
        groups=(
            personal("flow address started_on", _SIGN_IN),
            personal("created_at confirmed_at refused_at completed_at", _SIGN_IN),
            personal("address_key", _SIGN_IN, secret=True),
            not_personal("id", NUMBER),
            not_personal("code_tries", STEP),
            not_personal("expires_at", EXPIRY),
        ),
    ),
    Table(
        StartCode,
        _("Codes on printed sheets, by which people begin an account"),
        _EXPIRED,
        groups=(
            personal("full_name date_of_birth evidence", Purpose.PROFILE),
            personal("flow made_at used_at cancelled_at", _SIGN_IN),
            personal("code_hash", _SIGN_IN, secret=True),
            not_personal("made_by role", "who of our staff printed it"),
            not_personal("id asked_as case_reference", NUMBER),
            not_personal("tries", STEP),
            not_personal("expires_at", EXPIRY),
        ),
    ),
    Table(
        KeptForm,
        _("What was typed into a form that came too late"),
        _EXPIRED,
        owner="account",
        groups=(
            personal("account created_at", _SIGN_IN),
            personal("typed browser_hash", _SIGN_IN, secret=True),
            not_personal("id", NUMBER),
            not_personal("expires_at", EXPIRY),
        ),
    ),
    Table(
        LimitCounter,
        _("How often something was tried lately"),
        After("expires_at", _("its time is over")),
        groups=(
            # A keyed hash, of an address or a network among others.
            personal("key", _SAFETY, secret=True),
            not_personal("count expires_at", "a count and its end say nothing without the key"),
        ),
    ),
)
