"""Refused grants, in the words that codes and refresh tokens share (RFC 6749 §5.2)."""

from idp.oidc.errors import ErrorCode, ProtocolError
from idp.oidc.standing import Fallen


class NotTheirsError(ProtocolError):
    """The caller did not show that a code or token is its own: such tries are counted."""


def not_theirs(*, public: str, detail: str) -> NotTheirsError:
    """Return the refusal of a caller that did not show that the code or token is its own."""
    return NotTheirsError(ErrorCode.INVALID_GRANT, public, detail=detail)


def over(*, public: str, detail: str) -> ProtocolError:
    """Return the refusal of a code or token that is good no more."""
    return ProtocolError(ErrorCode.INVALID_GRANT, public, detail=detail)


def fallen(reason: Fallen) -> ProtocolError:
    """Return the refusal when what it stood on ended; why is the resident's own business."""
    return over(
        public="What the resident agreed to has ended: send them to the authorization endpoint.",
        detail=reason,
    )
