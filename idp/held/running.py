"""What the provider needs to run, of which nothing is about residents."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.retention.vocabulary import (
    After,
    Endless,
    Purpose,
    Table,
    not_personal,
    personal,
)
from idp.held.reasons import EXPIRY, NUMBER, STEP
from idp.models import (
    RequestCount,
    RequestTrail,
    SigningKey,
    TesterRun,
    TrailOverflow,
    UsedJti,
    WeekFigure,
)
from idp.trail.rules import KEPT as TRAIL_KEPT

_REQUEST: Final = "what a service's software did, under no account"
_KEY: Final = "a key of our own"
_TRIED: Final = "a try with a made-up person, by those who look after a service"

TABLES: Final = (
    Table(
        RequestTrail,
        _("Requests of services, for those who look after them"),
        After("at", _("the request"), TRAIL_KEPT),
        groups=(
            not_personal("id help_code", NUMBER),
            not_personal("application at endpoint duration status", _REQUEST),
            not_personal("outcome reason parameter section", _REQUEST),
            not_personal("sent client_library grant_type protected_by", _REQUEST),
            not_personal("is_authenticated is_refused", _REQUEST),
        ),
    ),
    Table(
        RequestCount,
        _("How many of them there were in each hour"),
        After("hour", _("the hour"), TRAIL_KEPT),
        groups=(
            not_personal("id", NUMBER),
            not_personal("application hour endpoint is_refused reason", _REQUEST),
            not_personal("is_sign_in latency number", _REQUEST),
        ),
    ),
    Table(
        TrailOverflow,
        _("How many of them were left out"),
        After("hour", _("the hour"), TRAIL_KEPT),
        groups=(
            not_personal("id", NUMBER),
            not_personal("application hour left_out", _REQUEST),
        ),
    ),
    Table(
        WeekFigure,
        _("How many people signed up, signed in and got back in, week by week"),
        Endless(_("For good, to compare years")),
        groups=(
            not_personal("id", NUMBER),
            not_personal("week figure part number", "counts of a week, of nobody in particular"),
        ),
    ),
    Table(
        TesterRun,
        _("Tries of a sign-in with made-up people"),
        After("expires_at", _("it expires")),
        groups=(
            personal("browser_hash", Purpose.PARTNERS, secret=True),
            not_personal("id", NUMBER),
            not_personal("application verifier sent returned", _TRIED),
            not_personal("created_at returned_at", STEP),
            not_personal("expires_at", EXPIRY),
        ),
    ),
    Table(
        SigningKey,
        _("Keys that sign tokens"),
        Endless(_("As long as anything that they signed may be checked")),
        groups=(
            not_personal("kid algorithm private_key public_jwk", _KEY),
            not_personal("state created_at activated_at retired_at revoked_at", STEP),
        ),
    ),
    Table(
        UsedJti,
        _("What proves that a service's software signs nothing twice"),
        # An expired one is refused anyhow.
        After("expires_at", _("it expires")),
        groups=(
            not_personal("id", NUMBER),
            not_personal("application jti_hash", _REQUEST),
            not_personal("expires_at", EXPIRY),
        ),
    ),
)
