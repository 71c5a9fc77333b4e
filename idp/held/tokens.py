"""Requests, codes and tokens: what a service needs to hear who signed in."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.retention.vocabulary import After, Purpose, Table, With, not_personal, personal
from idp.held.reasons import ASKED, EXPIRY, NUMBER, STEP
from idp.models import (
    AccessToken,
    AuthorizationRequest,
    DeviceGrant,
    Grant,
    IDToken,
    Participant,
    RefreshToken,
)

_SHARING: Final = Purpose.SHARING
# A used one stays a while: by it a replay is noticed.
_REPLAY_NOTICED: Final = timedelta(days=1)
_LATE_COMERS: Final = timedelta(days=1)


def _over(rows: QuerySet[Any], now: datetime) -> QuerySet[Any]:
    # One revoked row ends its family, so it goes only with the last of them.
    living = RefreshToken.objects.filter(token_family=OuterRef("token_family"), expires__gt=now)
    return rows.exclude(Exists(living))


def _closed(rows: QuerySet[Any], now: datetime) -> QuerySet[Any]:
    # Whoever comes back late is told so, and led to the service, while it is still known which.
    # What an application left and nobody ever opened has nobody to come back to it.
    return rows.filter(Q(browser_hash="") | Q(expires_at__lte=now - _LATE_COMERS))


TABLES: Final = (
    Table(
        AuthorizationRequest,
        _("What services asked for when they sent somebody to sign in"),
        After("expires_at", _("it expires, or a day later if somebody opened it"), due=_closed),
        owner="session__account",
        groups=(
            personal("application login_hint expected_account_id session", _SHARING),
            personal("account_confirmed_at consented_at consumed_at created_at", _SHARING),
            personal("browser_hash", _SHARING, secret=True),
            not_personal("id", NUMBER),
            not_personal("redirect_uri response_mode scope state nonce", ASKED),
            not_personal("code_challenge dpop_jkt prompt max_age acr_values vot_asked", ASKED),
            not_personal("language claims resource device_grant pushed_at", ASKED),
            not_personal("expires_at", EXPIRY),
        ),
    ),
    Table(
        Participant,
        _("Which services a sign-in was used for"),
        With("session"),
        owner="session__account",
        groups=(
            personal("session application sid created_at signed_out_at", _SHARING),
            not_personal("id", NUMBER),
        ),
    ),
    Table(
        Grant,
        _("Codes that services exchange for tokens"),
        After("expires", _("it expires"), _REPLAY_NOTICED),
        owner="user",
        groups=(
            personal("user application participant consent", _SHARING),
            personal("scope claims authentication created updated used_at", _SHARING),
            personal("code_hash token_family", _SHARING, secret=True),
            not_personal("id", NUMBER),
            not_personal("redirect_uri code_challenge dpop_jkt nonce resource", ASKED),
            not_personal("expires", EXPIRY),
        ),
    ),
    Table(
        AccessToken,
        _("What is known of access tokens, not the tokens"),
        After("expires", _("it expires")),
        owner="user",
        groups=(
            personal("user application session consent", _SHARING),
            personal("scope claims resource created updated revoked_at", _SHARING),
            personal("jti token_family", _SHARING, secret=True),
            not_personal("id kid", NUMBER),
            not_personal("expires", EXPIRY),
        ),
    ),
    Table(
        RefreshToken,
        _("Refresh tokens, as keyed hashes"),
        After("expires", _("it and all that came of the same sign-in expire"), due=_over),
        owner="user",
        groups=(
            personal("user application consent participant", _SHARING),
            personal("scope claims resource authentication", _SHARING),
            personal("created updated rotated_at revoked", _SHARING),
            personal("token_hash token_family", _SHARING, secret=True),
            not_personal("id", NUMBER),
            not_personal("cnf", "the key of the service, or of its application on a device"),
            not_personal("expires", EXPIRY),
        ),
    ),
    Table(
        IDToken,
        _("ID tokens: none is kept"),
        After("expires", _("it expires")),
        owner="user",
        groups=(
            personal("user application scope created updated", _SHARING),
            personal("jti", _SHARING, secret=True),
            not_personal("id", NUMBER),
            not_personal("expires", EXPIRY),
        ),
    ),
    Table(
        DeviceGrant,
        _("Devices that wait to be let in, or were"),
        After("expires", _("it expires"), _REPLAY_NOTICED),
        owner="user",
        groups=(
            personal("user application participant consent", _SHARING),
            personal("scope authentication created_at used_at", _SHARING),
            personal("device_code_hash user_code_hash token_family", _SHARING, secret=True),
            not_personal("id", NUMBER),
            not_personal("acr_values resource", ASKED),
            not_personal("status interval polled_at", STEP),
            not_personal("expires", EXPIRY),
        ),
    ),
)
