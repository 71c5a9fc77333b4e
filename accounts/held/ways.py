"""Ways to sign in."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.held.reasons import EXPIRY, NUMBER
from accounts.models import (
    AppSecret,
    Authenticator,
    Challenge,
    NumberedCode,
    Passkey,
    RememberedDevice,
)
from accounts.retention.vocabulary import After, Purpose, Table, With, not_personal, personal

_SIGN_IN: Final = Purpose.SIGN_IN
_ITSELF: Final = With("authenticator")
_OWNER: Final = "authenticator__account"

TABLES: Final = (
    Table(
        Authenticator,
        _("Ways to sign in"),
        With("account"),
        owner="account",
        groups=(
            personal("account kind label created_at last_used_at", _SIGN_IN),
            personal("added_at_one_factor lent_by_council suspect_since", Purpose.SAFETY),
            not_personal("id", NUMBER),
        ),
    ),
    Table(
        Passkey,
        _("Passkeys and security keys"),
        _ITSELF,
        owner=_OWNER,
        groups=(
            personal("authenticator", _SIGN_IN),
            personal("credential_id public_key sign_count", _SIGN_IN, secret=True),
            personal("transports aaguid backup_eligible backed_up", _SIGN_IN),
            personal("discoverable user_verified", _SIGN_IN),
        ),
    ),
    Table(
        AppSecret,
        _("Authenticator apps"),
        _ITSELF,
        owner=_OWNER,
        groups=(
            personal("authenticator", _SIGN_IN),
            personal("secret last_step", _SIGN_IN, secret=True),
        ),
    ),
    Table(
        NumberedCode,
        _("Codes on printed sheets, and recovery codes"),
        _ITSELF,
        owner=_OWNER,
        groups=(
            personal("authenticator number used_at", _SIGN_IN),
            personal("code_hash", _SIGN_IN, secret=True),
            not_personal("id", NUMBER),
        ),
    ),
    Table(
        RememberedDevice,
        _("Browsers that are not asked for a second step"),
        After("expires_at", _("it expires")),
        owner="account",
        groups=(
            personal("account started_on created_at last_used_at ended_at", _SIGN_IN),
            personal("token_hash", _SIGN_IN, secret=True),
            not_personal("id", NUMBER),
            not_personal("expires_at", EXPIRY),
        ),
    ),
    Table(
        Challenge,
        _("What a passkey was asked to sign"),
        After("expires_at", _("it expires")),
        owner="account",
        groups=(
            personal("account purpose created_at", _SIGN_IN),
            personal("challenge_hash browser_hash user_handle", _SIGN_IN, secret=True),
            not_personal("expires_at", EXPIRY),
        ),
    ),
)
