"""User codes: made for reading aloud and typing with a remote control (RFC 8628 §6.1). Pure."""

import secrets
import unicodedata
from typing import Final

# No vowels, so no words; no digits, so one keyboard will do.
ALPHABET: Final = "BCDFGHJKLMNPQRSTVWXZ"
LENGTH: Final = 8
_GROUP: Final = 4
# What eyes take for another: none of these is in the alphabet, so each can mean one letter only.
_LOOKS_LIKE: Final = str.maketrans("01256789IOUY", "QLZSGTBGLQVV")


def new() -> str:
    """Return a new random code, as it is stored and compared."""
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


def shown(code: str) -> str:
    """Return the code as screens show it: WDJB-MJHT."""
    return "-".join(code[start : start + _GROUP] for start in range(0, LENGTH, _GROUP))


def meant(typed: str) -> str:
    """Return the code that was meant, empty if it can be none.

    Case, spaces and whatever stands between the groups do not count, nor which of two
    look-alikes was typed.
    """
    # NFKC: keyboards for other scripts type full-width letters.
    plain = unicodedata.normalize("NFKC", typed).upper()
    letters = "".join(sign for sign in plain if sign.isalnum()).translate(_LOOKS_LIKE)
    return letters if len(letters) == LENGTH and set(letters) <= set(ALPHABET) else ""
