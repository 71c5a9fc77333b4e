"""What services are told of sign-outs and of what happens to an account."""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.retention.vocabulary import (
    After,
    Purpose,
    Table,
    With,
    not_personal,
    personal,
)
from idp.held.reasons import EXPIRY, NUMBER, STEP, TOLD
from idp.models import Delivery, EventStream, RemovedSubject, SecurityEvent

_SAFETY: Final = Purpose.SAFETY
# Whoever stopped sharing, and whoever looks after the service, can see what became of it.
_SHOWN: Final = timedelta(days=30)
_SAID: Final = "what an organisation says of itself or asks for"

TABLES: Final = (
    Table(
        Delivery,
        _("Sign-outs that services are told of"),
        After("expires_at", _("it expires"), _SHOWN),
        groups=(
            # Known to the service alone by these names: they lead to no row of an account.
            personal("application sid subject created_at done_at", _SAFETY),
            not_personal("id", NUMBER),
            not_personal("state tries tried_at next_try_at last_status last_error", STEP),
            not_personal("expires_at", EXPIRY),
        ),
    ),
    Table(
        EventStream,
        _("Which events a service wants to be told of"),
        After("ended_at", _("the service wants none any more, and nothing of it is kept")),
        groups=(
            not_personal("id", NUMBER),
            not_personal("application method endpoint_url description", _SAID),
            not_personal("events_requested events_delivered status_reason", _SAID),
            not_personal("authorization_header", "proves our software to theirs; encrypted"),
            not_personal(
                "status is_held verification_asked_at created_at updated_at ended_at", STEP
            ),
        ),
    ),
    Table(
        RemovedSubject,
        _("Accounts of which a service wants to hear nothing"),
        With("account"),
        owner="account",
        groups=(
            personal("stream account removed_at", _SAFETY),
            not_personal("id", NUMBER),
        ),
    ),
    Table(
        SecurityEvent,
        _("What a service is told of an account"),
        After("expires_at", _("it expires"), _SHOWN),
        owner="account",
        groups=(
            personal("stream account subject sid event_type body", _SAFETY, kept=TOLD),
            personal("created_at done_at txn", _SAFETY, kept=TOLD),
            not_personal("id", NUMBER),
            not_personal("state tries tried_at next_try_at last_status last_error", STEP),
            not_personal("expires_at", EXPIRY),
        ),
    ),
)
