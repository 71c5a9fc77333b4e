"""Refusals in words that several grants and endpoints share (RFC 6749 §5.2)."""

from typing import Final

from idp.oidc.errors import ErrorCode, ProtocolError
from idp.oidc.standing import Fallen

_SECTION: Final = "RFC 6749 §5.2"


class NotTheirsError(ProtocolError):
    """The caller did not show that a code or token is its own: such tries are counted."""


def not_theirs(
    *, public: str, detail: str, parameter: str = "", section: str = _SECTION
) -> NotTheirsError:
    """Return the refusal of a caller that did not show that the code or token is its own."""
    code = ErrorCode.INVALID_GRANT
    return NotTheirsError(code, public, detail=detail, parameter=parameter, section=section)


def over(
    *, public: str, detail: str, parameter: str = "", section: str = _SECTION
) -> ProtocolError:
    """Return the refusal of a code or token that is good no more."""
    code = ErrorCode.INVALID_GRANT
    return ProtocolError(code, public, detail=detail, parameter=parameter, section=section)


def cannot_sign() -> ProtocolError:
    """Return the refusal while no key of the application's algorithm is active."""
    return ProtocolError(
        ErrorCode.SERVER_ERROR,
        "The provider cannot sign tokens now. Try again later.",
        detail="no_active_signing_key",
        status=503,
    )


def fallen(reason: Fallen) -> ProtocolError:
    """Return the refusal when what it stood on ended; why is the resident's own business."""
    return over(
        public="What the resident agreed to has ended: send them to the authorization endpoint.",
        detail=reason,
    )
