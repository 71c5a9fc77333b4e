"""The kinds of event, each a URI (RFC 8417 §2.2)."""

from enum import StrEnum
from typing import Final

from django.conf import settings

_CAEP: Final = "https://schemas.openid.net/secevent/caep/event-type"
_RISC: Final = "https://schemas.openid.net/secevent/risc/event-type"
_SSF: Final = "https://schemas.openid.net/secevent/ssf/event-type"


class EventType(StrEnum):
    """A kind of event; one that begins with a slash is this provider's own, under its issuer."""

    ACCOUNT_DISABLED = f"{_RISC}/account-disabled"
    ACCOUNT_ENABLED = f"{_RISC}/account-enabled"
    ACCOUNT_PURGED = f"{_RISC}/account-purged"
    CONSENT_WITHDRAWN = "/events/consent-withdrawn"
    CREDENTIAL_CHANGE = f"{_CAEP}/credential-change"
    ERASURE_REQUESTED = "/events/erasure-requested"
    SESSION_REVOKED = f"{_CAEP}/session-revoked"
    STREAM_UPDATED = f"{_SSF}/stream-updated"
    VERIFICATION = f"{_SSF}/verification"

    @property
    def uri(self) -> str:
        """The URI that names it in tokens and in a stream's configuration."""
        return f"{settings.ISSUER}{self.value}" if self.value.startswith("/") else self.value


# SSF §8.1.4, §8.1.5: sent whatever a stream asks for, so not among what it may ask for.
_OF_THE_STREAM: Final = {EventType.STREAM_UPDATED, EventType.VERIFICATION}


def supported() -> list[str]:
    """Return the URIs of what a stream may ask for, in a steady order."""
    return [kind.uri for kind in EventType if kind not in _OF_THE_STREAM]
