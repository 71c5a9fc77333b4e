"""What follows from the kind of a new application, and what only the council decides."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from clients.applications.registration import Addresses, Kind, Registration, ScopeWanted
from clients.applications.requests.rules import Pkce
from clients.applications.rules import PUBLIC_TASK, Finding, RegistrationProblem

MOST_APPLICATIONS: Final = 50

# Enough to greet somebody and to write to them; its organisation says later what it really needs.
STARTING_SCOPES: Final = (
    ScopeWanted("openid", PUBLIC_TASK, "To know that it is you"),
    ScopeWanted("profile", PUBLIC_TASK, "To call you by your name"),
    ScopeWanted("email", PUBLIC_TASK, "To write to you about what you asked for"),
)
_STARTING_PURPOSES: Final = {
    **{one.scope: one.purpose for one in STARTING_SCOPES},
    "address": "To know whether you live in the area",
    "phone": "To call you about what you asked for",
    "offline_access": "To look up what you share while you are away",
}
# Who is asked what, how an application is told apart and whether it must prove its requests.
_COUNCILS: Final = ("skips_sharing", "is_sensitive", "receives_events", "live", "kind")


def starting(kind: Kind, *, name: str, redirect_uris: tuple[str, ...] = ()) -> Registration:
    """Return the safe registration of a new sandbox application of this kind."""
    return Registration(
        name=name,
        kind=kind,
        live=False,
        addresses=Addresses(redirect_uris if returns(kind) else ()),
        scopes=STARTING_SCOPES if kind is not Kind.SERVICE else (),
    )


def returns(kind: Kind) -> bool:
    """Say whether browsers are sent back to an application of this kind."""
    return kind not in {Kind.SERVICE, Kind.DEVICE}


def with_scopes(registration: Registration, names: list[str]) -> Registration:
    """Return the registration with these scopes: those that it has as they are, others begun."""
    known = {one.scope: one for one in registration.scopes}
    new = {
        name: ScopeWanted(name, PUBLIC_TASK, _STARTING_PURPOSES.get(name, ""))
        for name in names
        if name not in known
    }
    return replace(registration, scopes=tuple(({**known, **new})[name] for name in names))


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
