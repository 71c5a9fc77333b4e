"""What stands on a sheet: all of it follows from the sheet's seed."""

import hmac
from hashlib import sha256

SEED_BYTES = 16
COUNT = 60
DIGITS = 8
# From here on a new sheet is offered.
FEW = 10
_HALF = DIGITS // 2
_NAME_LETTERS = "CDFGHJKMNPRTVWXY"
_NAME_LENGTH = 3


def codes(seed: bytes) -> list[str]:
    """Return the codes, the first one's number being 1."""
    return [
        f"{_number(seed, f'code {number}') % 10**DIGITS:0{DIGITS}d}"
        for number in range(1, COUNT + 1)
    ]


def name(seed: bytes) -> str:
    """Return three letters that tell this sheet from another of the same person's."""
    value = _number(seed, "name")
    letters = (_NAME_LETTERS[value >> 4 * place & 0xF] for place in range(_NAME_LENGTH))
    return "".join(letters)


def asked_first(seed: bytes) -> int:
    """Return the number of the code that shows that the sheet is printed."""
    return _number(seed, "first") % COUNT + 1


def shown(code: str) -> str:
    """Return the code in two groups, as it is printed: 1234 5678."""
    return f"{code[:_HALF]} {code[_HALF:]}"


def _number(seed: bytes, of: str) -> int:
    return int.from_bytes(hmac.new(seed, of.encode(), sha256).digest(), "big")
