"""What services hold by which they can ask for details, and requests under way."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.export.part import Column, Part
from accounts.export.shapes import FACTS, TEXTS
from idp.export.sight import in_sight
from idp.models import AccessToken, AuthorizationRequest, DeviceGrant, Grant, RefreshToken

_SERVICE: Final = _("Service")
_FOR: Final = _("For what")
_UNTIL: Final = _("Good until")
_GIVEN: Final = _("Given")
_ENDED: Final = _("Ended")
_USED: Final = _("Used")
_SIGN_IN: Final = _("How you had signed in")
_CHANGED: Final = _("Last changed")
_AGREEMENT: Final = _("Number of the agreement")
_SIGNED_IN: Final = _("Number of where you were signed in")
_AT: Final = _("Where it is good")
_DETAILS: Final = _("Single details")

PARTS: Final = (
    Part(
        "short_passes",
        _("Passes that services have for minutes"),
        lambda asked: in_sight(
            AccessToken.objects.filter(user=asked.account), asked
        ).select_related("application"),
        (
            Column("service", _SERVICE, "application.name"),
            Column("number", _("Number"), "jti"),
            Column("for", _FOR, "scope", TEXTS),
            Column("details", _DETAILS, "claims", FACTS),
            Column("good_at", _AT, "resource"),
            Column("agreement", _AGREEMENT, "consent_id"),
            Column("signed_in", _SIGNED_IN, "session_id"),
            Column("given_at", _GIVEN, "created"),
            Column("changed_at", _CHANGED, "updated"),
            Column("expires_at", _UNTIL, "expires"),
            Column("ended_at", _ENDED, "revoked_at"),
        ),
    ),
    Part(
        "long_passes",
        _("Passes that services have while you are away"),
        lambda asked: in_sight(
            RefreshToken.objects.filter(user=asked.account), asked
        ).select_related("application", "participant"),
        (
            Column("service", _SERVICE, "application.name"),
            Column("for", _FOR, "scope", TEXTS),
            Column("details", _DETAILS, "claims", FACTS),
            Column("good_at", _AT, "resource"),
            Column("agreement", _AGREEMENT, "consent_id"),
            Column("signed_in", _SIGNED_IN, "participant.session_id"),
            Column("sign_in", _SIGN_IN, "authentication", FACTS),
            Column("given_at", _GIVEN, "created"),
            Column("changed_at", _CHANGED, "updated"),
            Column("expires_at", _UNTIL, "expires"),
            Column("replaced_at", _("Replaced by the next"), "rotated_at"),
            Column("ended_at", _ENDED, "revoked"),
        ),
    ),
    Part(
        "passes_being_fetched",
        _("Passes that services were about to fetch"),
        lambda asked: in_sight(Grant.objects.filter(user=asked.account), asked).select_related(
            "application", "participant"
        ),
        (
            Column("service", _SERVICE, "application.name"),
            Column("for", _FOR, "scope", TEXTS),
            Column("details", _DETAILS, "claims", FACTS),
            Column("good_at", _AT, "resource"),
            Column("agreement", _AGREEMENT, "consent_id"),
            Column("signed_in", _SIGNED_IN, "participant.session_id"),
            Column("sign_in", _SIGN_IN, "authentication", FACTS),
            Column("given_at", _GIVEN, "created"),
            Column("changed_at", _CHANGED, "updated"),
            Column("expires_at", _UNTIL, "expires"),
            Column("used_at", _USED),
        ),
    ),
    Part(
        "devices_let_in",
        _("Devices that you let in"),
        lambda asked: in_sight(
            DeviceGrant.objects.filter(user=asked.account), asked
        ).select_related("application", "participant"),
        (
            Column("service", _SERVICE, "application.name"),
            Column("for", _FOR, "scope", TEXTS),
            Column("good_at", _AT, "resource"),
            Column("state", _("State"), "status"),
            Column("agreement", _AGREEMENT, "consent_id"),
            Column("signed_in", _SIGNED_IN, "participant.session_id"),
            Column("sign_in", _SIGN_IN, "authentication", FACTS),
            Column("asked_at", _("Asked"), "created_at"),
            Column("last_asked_at", _("Asked last"), "polled_at"),
            Column("expires_at", _UNTIL, "expires"),
            Column("used_at", _USED),
        ),
    ),
    Part(
        "requests_under_way",
        _("Sign-ins that services asked for"),
        lambda asked: in_sight(
            AuthorizationRequest.objects.filter(session__account=asked.account), asked
        ).select_related("application"),
        (
            Column("service", _SERVICE, "application.name"),
            Column("for", _FOR, "scope", TEXTS),
            Column("details", _DETAILS, "claims", FACTS),
            Column("good_at", _AT, "resource"),
            Column("language", _("Language")),
            Column("signed_in", _SIGNED_IN, "session_id"),
            Column("asked_at", _("Asked"), "created_at"),
            Column("expires_at", _("Open until")),
            Column("confirmed_at", _("You said whose account it is"), "account_confirmed_at"),
            Column("agreed_at", _("You agreed"), "consented_at"),
            Column("answered_at", _("Answered"), "consumed_at"),
        ),
        order="created_at",
    ),
)
