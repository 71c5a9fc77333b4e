"""When a sheet of codes may be posted at a staff member's wish."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why no sheet is posted."""

    NOT_ACTIVE = "account_not_active"
    NO_ADDRESS = "no_fit_address"
    TOO_MANY = "too_many_letters"


def refusal_to_post(*, is_active: bool, has_address: bool) -> Refusal | None:
    """Return why no sheet may be posted, or None if one may.

    The same as where its owner asks: whoever talked themselves past a counter gets nothing by it
    but a letter at the checked address of the owner.
    """
    if not is_active:
        return Refusal.NOT_ACTIVE
    return None if has_address else Refusal.NO_ADDRESS
