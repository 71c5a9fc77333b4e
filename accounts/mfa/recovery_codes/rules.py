"""What a recovery code looks like."""

import re

COUNT = 10
LENGTH = 10
_GROUP = 5
_BETWEEN = re.compile(r"[ -]+")


def plain(typed: str) -> str:
    """Return the code without what its reader put between its letters, in capitals.

    Only ASCII letters are folded: no letter of another script becomes one of ours.
    """
    return "".join(
        letter.upper() if letter.isascii() else letter for letter in _BETWEEN.sub("", typed)
    )


def shown(code: str) -> str:
    """Return the code in groups, as it is printed: ABCDE-FGHJK."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))
