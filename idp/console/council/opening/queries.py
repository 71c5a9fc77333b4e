"""Reads how an instance stands before its opening."""

from django.conf import settings

from accounts.council.placeholders import is_placeholder
from accounts.council.queries import newest, values_of
from accounts.council.rules import OPTIONAL, Detail
from accounts.models import OutboundMessage, StaffRole
from accounts.staffing.queries import holders
from idp.console.council.opening.rules import Facts
from idp.keys.queries import algorithms_ready


def placeholders() -> list[Detail]:
    """Return which of the council's values are still examples."""
    values = values_of(newest())
    return [
        one
        for one in Detail
        if is_placeholder(values[one]) and not (one in OPTIONAL and not values[one])
    ]


def facts() -> Facts:
    """Return how this instance stands now."""
    approvers = holders(StaffRole.Role.APPROVER).filter(authenticators__isnull=False)
    return Facts(
        has_placeholders=bool(placeholders()),
        sender_is_placeholder=is_placeholder(settings.DEFAULT_FROM_EMAIL),
        mails_sent=OutboundMessage.objects.filter(state=OutboundMessage.State.SENT).exists(),
        signing_keys=bool(algorithms_ready()),
        approvers=approvers.distinct().count(),
        audit_keys=bool(settings.AUDIT_KEYS),
        audit_copy=bool(settings.AUDIT_COPY),
    )
