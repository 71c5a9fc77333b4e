"""Why an act is not done, beyond what its page's door refuses."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why somebody of the staff changes nothing."""

    OWN_RECORD = "own_record"
    CLOSED = "account_closed"
    FROZEN_ALREADY = "frozen_already"
    NOT_AT_COUNTER = "not_at_a_counter"
    PAPERS_NEEDED = "papers_needed"
    SUSPENDED_ALREADY = "suspended_already"
    NO_EMAIL_CHANGE = "no_email_change"
    NO_RECOVERY = "no_recovery"
    STOPPED = "recovery_stopped"
    NOT_STOPPED = "recovery_not_stopped"
