"""What stands under an event's URI: that something happened, never to whom nor any value.

Receivers learn what lets them protect the account, and no more: not which network or browser it
was, not whether it was the owner or the council, nothing of how its owner can be reached.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final, TypeAlias

Body: TypeAlias = dict[str, Any]

# CAEP §3.3.1. What is printed has no word there: one for all, in the same style.
_CREDENTIAL_TYPES: Final = {
    "app": "app",
    "code_sheet": "printed-codes",
    "passkey": "fido2-platform",
    "password": "password",
    "recovery_codes": "printed-codes",
    "security_key": "fido2-roaming",
    "text_message": "phone-sms",
}
_CHANGE_TYPES: Final = {
    "added": "create",
    "changed": "update",
    "removed": "delete",
    "set_aside": "revoke",
}


def session_revoked(*, at: datetime) -> Body:
    """Return the body of CAEP §3.1; why it ended is the account's own business."""
    return {"event_timestamp": _seconds(at), "reason_admin": {"en": "The session has ended."}}


def credential_change(kind: str, change: str, *, at: datetime) -> Body:
    """Return the body of CAEP §3.3: the type, without a name, a number or a make."""
    return {
        "event_timestamp": _seconds(at),
        "credential_type": _CREDENTIAL_TYPES[kind],
        "change_type": _CHANGE_TYPES[change],
        "reason_admin": {"en": "A way to sign in has changed."},
    }


def consent_withdrawn(*, at: datetime) -> Body:
    """Return the body for an agreement that ended: nothing may be used any more."""
    return {"event_timestamp": _seconds(at), "extent": "all"}


def consent_narrowed(scopes: Collection[str], claims: Collection[str], *, at: datetime) -> Body:
    """Return the body for details that were taken back; the rest of the agreement stands."""
    return {
        "event_timestamp": _seconds(at),
        "extent": "part",
        "scopes": sorted(scopes),
        "claims": sorted(claims),
    }


def erasure_requested(request_id: str, *, at: datetime) -> Body:
    """Return the body for a wish to be erased, which is answered under its `request_id`."""
    return {"event_timestamp": _seconds(at), "request_id": request_id}


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
