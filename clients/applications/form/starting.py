"""What a new application begins with, in the words in which an organisation would write.

These stay in English, as the organisation's own would stay in its language: it says later what it
really needs, and why.
"""

from dataclasses import replace
from typing import Final

from clients.applications.form.rules import returns
from clients.applications.registration import Addresses, Kind, Registration, ScopeWanted
from clients.applications.skipping import PUBLIC_TASK

# Enough to greet somebody and to write to them.
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


def starting(kind: Kind, *, name: str, redirect_uris: tuple[str, ...] = ()) -> Registration:
    """Return the safe registration of a new sandbox application of this kind."""
    return Registration(
        name=name,
        kind=kind,
        live=False,
        addresses=Addresses(redirect_uris if returns(kind) else ()),
        scopes=STARTING_SCOPES if kind is not Kind.SERVICE else (),
    )


def with_scopes(registration: Registration, names: list[str]) -> Registration:
    """Return the registration with these scopes: those that it has as they are, others begun."""
    known = {one.scope: one for one in registration.scopes}
    new = {
        name: ScopeWanted(name, PUBLIC_TASK, _STARTING_PURPOSES.get(name, ""))
        for name in names
        if name not in known
    }
    return replace(registration, scopes=tuple(({**known, **new})[name] for name in names))
