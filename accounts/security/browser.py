"""Which browser this is, whoever uses it."""

import re

from accounts.security import keyed_hash
from accounts.security.tokens import TOKEN_LENGTH, random_token

_PURPOSE = "browser"
_TOKEN = re.compile(rf"[A-Za-z0-9_-]{{{TOKEN_LENGTH}}}")


def is_token(value: str) -> bool:
    """Say whether the value looks like a random token of ours, before any look-up by it."""
    return _TOKEN.fullmatch(value) is not None


class BrowserId:
    """The random id in this browser's cookie; rows hold only its hash.

    Made when first needed, so that a page which needs none sets no cookie. `new_value` is what
    the response must set, or None.
    """

    def __init__(self, presented: str = "") -> None:
        self._value = presented if is_token(presented) else ""
        self.new_value: str | None = None

    @property
    def hash(self) -> str:
        """The hash to store in a row; gives the browser an id if it has none."""
        if not self._value:
            self._value = self.new_value = random_token()
        return keyed_hash.digest(_PURPOSE, self._value)

    @property
    def hashes(self) -> list[str]:
        """Every hash under which rows of this browser may be stored, for an `__in` look-up."""
        return keyed_hash.candidates(_PURPOSE, self._value) if self._value else []

    def owns(self, stored_hash: str) -> bool:
        """Say whether a row with this hash belongs to this browser."""
        return bool(self._value) and keyed_hash.matches(_PURPOSE, self._value, stored_hash)
