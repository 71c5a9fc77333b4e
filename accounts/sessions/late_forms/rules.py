"""Which part of what somebody typed is kept, and for how long."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

# How long the sign-in may take that comes between.
KEPT_FOR: Final = timedelta(hours=1)
# Several times the longest of our forms.
LONGEST: Final = 8_000
# Of one account: whoever has many tabs open. Not of one browser, as a browser's id is its own word.
AT_MOST: Final = 10
# What proves something, opens something or belongs to one page view, and others' ids, which are
# stored nowhere. The secret of an app or a
# sheet that is being added is carried: its page has it sealed for the account (`mfa/sealed.py`).
_NEVER: Final = frozenset(
    {"password", "code", "codes", "passkey", "csrfmiddlewaretoken", "flow", "ids", "verifier"}
)


class Fate(StrEnum):
    """What becomes of what was typed into a form that came too late."""

    KEPT = "late_form_kept"
    NOTHING_TYPED = "late_form_nothing_typed"
    TOO_LONG = "late_form_too_long"


def is_carried(name: str) -> bool:
    """Say whether the value of this field is kept; "postcode" is, "new_code" is not."""
    return not _NEVER & set(name.lower().replace("-", "_").split("_"))
