"""Why a sign-up may make no account."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why no account was made."""

    NAME_TAKEN = "name_taken"
    ADDRESS_FULL = "address_full"
    NOT_CONFIRMED = "not_confirmed"
    ALREADY_MADE = "already_made"
    PASSKEY_TAKEN = "passkey_taken"
    START_CODE_ENDED = "start_code_ended"
