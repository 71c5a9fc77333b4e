"""Registrations that are fit as they are, to be spoilt one part at a time."""

from dataclasses import replace
from typing import Any, Final

from clients.applications.registration import Addresses, Kind, Registration, ScopeWanted

ADDRESSES: Final = Addresses(
    ("https://service.example.org/callback",), ("https://service.example.org/signed-out",)
)
OPENID: Final = ScopeWanted("openid", "public_task", "To know which account is yours")
_FIT: Final = Registration(
    name="Council Tax",
    kind=Kind.WEB,
    live=True,
    addresses=ADDRESSES,
    scopes=(OPENID, ScopeWanted("email", "public_task", "To send your bill")),
    home_url="https://service.example.org/",
    other_way="Ring 020 7946 0000",
)


def registration(**changes: Any) -> Registration:
    """Return a fit registration of a live web application, changed as asked."""
    return replace(_FIT, **changes)
