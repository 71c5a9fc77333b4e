"""The request as a whole: bounded and decoded before anything reads it (RFC 6749 §3.1)."""

import re
from typing import Final

from idp.oidc import parameters
from idp.oidc.authorize.asked import Asked
from idp.oidc.authorize.checks.refusals import shown
from idp.oidc.errors import AuthorizationError, ProtocolError

MAX_BYTES: Final = 16 * 1024
_BROKEN_PERCENT: Final = re.compile(rb"%(?![0-9A-Fa-f]{2})")


def check_size(asked: Asked) -> AuthorizationError | None:
    """Bound the whole before anything looks into it."""
    if len(asked.raw) <= MAX_BYTES:
        return None
    return shown("The request is too large.", "too_large", section="RFC 6749 §3.1")


def check_encoding(asked: Asked) -> AuthorizationError | None:
    """Refuse what is no form encoding: two readers would read two requests."""
    if not _BROKEN_PERCENT.search(asked.raw):
        return None
    words = "A percent sign is not followed by two hexadecimal digits."
    return shown(words, "malformed_percent", section="RFC 3986 §2.1")


def check_duplicates(asked: Asked) -> AuthorizationError | None:
    """Take each parameter once, as UTF-8 without NUL; an empty one counts as absent."""
    try:
        asked.parameters = parameters.parse(asked.raw)
    except ProtocolError as error:
        return shown(error.public, error.detail, section="RFC 6749 §3.1")
    return None
