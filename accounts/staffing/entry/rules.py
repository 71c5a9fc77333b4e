"""Why somebody is not let in as one of the staff."""

from enum import StrEnum


class Refusal(StrEnum):
    """What staff who help each other read; whoever tries reads the same words for all of it."""

    NOT_RIGHT = "staff_key_not_right"
    NOT_STAFF = "account_not_of_staff"
    TOO_MANY_TRIES = "staff_too_many_tries"
