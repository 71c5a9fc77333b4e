"""Security event tokens (RFC 8417, OpenID SSF §4)."""

from typing import Any

from django.conf import settings

from idp.keys import jwt
from idp.keys.loaded import SigningKeyPair
from idp.models import SecurityEvent


def make(event: SecurityEvent, *, key: SigningKeyPair) -> str:
    """Return the signed token; needs the stream's application loaded.

    It says the same at every try, so that one counts. SSF §4.1: neither `sub` nor `exp`, so that
    no reader takes it for an ID token or an access token.
    """
    claims = {
        "iss": settings.ISSUER,
        "aud": event.stream.application.client_id,
        "iat": int(event.created_at.timestamp()),
        "jti": str(event.pk),
        "txn": str(event.txn),
        "sub_id": _subject(event),
        # §4.2.1: one event, always.
        "events": {event.event_type: event.body},
    }
    return jwt.sign(claims, typ=jwt.Typ.SECURITY_EVENT, key=key)


def _subject(event: SecurityEvent) -> dict[str, Any]:
    """Return a subject identifier (RFC 9493 §3.2.4, §3.2.5); the stream's own is its id.

    One session is named by the `sid` that the application knows (SSF §3.3, CAEP §3.1): without it,
    all of the account's would be meant.
    """
    if not event.subject:
        return {"format": "opaque", "id": str(event.stream_id)}
    user = {"format": "iss_sub", "iss": settings.ISSUER, "sub": event.subject}
    if not event.sid:
        return user
    session = {"format": "opaque", "id": event.sid}
    return {"format": "complex", "user": user, "session": session}
