"""What follows from the kind of a new application, and what only the council decides."""

from collections.abc import Iterator
from typing import Final

from clients.applications.registration import Kind, Registration
from clients.applications.requests.rules import Pkce
from clients.applications.rules import Finding, RegistrationProblem

MOST_APPLICATIONS: Final = 50

# Who is asked what, how an application is told apart and whether it must prove its requests.
_COUNCILS: Final = ("skips_sharing", "is_sensitive", "receives_events", "live", "kind")


def returns(kind: Kind) -> bool:
    """Say whether browsers are sent back to an application of this kind."""
    return kind not in {Kind.SERVICE, Kind.DEVICE}


def raising_findings(before: Registration, after: Registration) -> Iterator[Finding]:
    """Yield what a change would decide in the council's place."""
    for part in _COUNCILS:
        if getattr(after, part) != getattr(before, part):
            yield Finding(part, RegistrationProblem.COUNCIL_DECIDES)
    if before.requests.pkce is Pkce.REQUIRED and after.requests.pkce is not Pkce.REQUIRED:
        yield Finding("pkce", RegistrationProblem.COUNCIL_DECIDES)
    if (before.sector_identifier, before.sector_identifier_uri) != (
        after.sector_identifier,
        after.sector_identifier_uri,
    ):
        yield Finding("sector_identifier", RegistrationProblem.SECTOR_FIXED)
