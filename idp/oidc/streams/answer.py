"""A stream as its application reads it (SSF §8.1.1, §8.1.2)."""

from typing import Any

from django.conf import settings

from idp.models import EventStream
from idp.ssf.event_types import supported
from idp.ssf.rules import BETWEEN_VERIFICATIONS


def configuration(stream: EventStream) -> dict[str, Any]:
    """Return the configuration; never what a push shows at the receiver's own endpoint."""
    told: dict[str, Any] = {
        "stream_id": str(stream.pk),
        "iss": settings.ISSUER,
        "aud": stream.application.client_id,
        "delivery": {
            "method": stream.method,
            "endpoint_url": stream.endpoint_url or poll_endpoint(),
        },
        "events_supported": supported(),
        "events_requested": stream.events_requested,
        "events_delivered": stream.events_delivered,
        "min_verification_interval": int(BETWEEN_VERIFICATIONS.total_seconds()),
    }
    return {**told, "description": stream.description} if stream.description else told


def status(stream: EventStream) -> dict[str, str]:
    """Return the status, and why it is so, if anybody said."""
    told = {"stream_id": str(stream.pk), "status": stream.status}
    return {**told, "reason": stream.status_reason} if stream.status_reason else told


def poll_endpoint() -> str:
    """Return where events are fetched; an application has one stream, so one address does."""
    return f"{settings.ISSUER}/ssf/poll"
