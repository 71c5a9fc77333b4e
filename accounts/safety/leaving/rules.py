"""What must be left when somebody has shut others out."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why nothing was done; the guide leads back to what would help."""

    NO_ADDRESS_LEFT = "no_address_left"
    NO_WAY_LEFT = "no_way_left"
    WAY_TOO_NEW = "signed_in_by_a_new_way"
    ADDRESS_FULL = "address_full"
    NOT_FOR_YOU = "channels_not_for_this_sign_in"


class NotDoneError(Exception):
    """Nothing was changed; `reason` says why."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason
