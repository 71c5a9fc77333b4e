"""Why an address of a partner was not asked, or its answer not read."""

from enum import StrEnum

from accounts.security.outgoing.rules import UrlProblem


class FetchProblem(StrEnum):
    """What went wrong on the way; for logs alone, as it tells of the inside of our network."""

    UNKNOWN_HOST = "host_unknown"
    ADDRESS_INSIDE = "address_inside"
    UNREACHABLE = "unreachable"
    TLS = "tls_failed"
    TIMED_OUT = "timed_out"
    REDIRECT = "redirect"
    TOO_LARGE = "too_large"
    ENCODED = "content_encoded"
    MALFORMED = "malformed_answer"


class OutgoingRefusedError(Exception):
    """There is no answer to read; `reason` is for the log, never for a partner."""

    def __init__(self, reason: UrlProblem | FetchProblem) -> None:
        super().__init__(reason)
        self.reason = reason
