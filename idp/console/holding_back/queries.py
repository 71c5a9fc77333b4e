"""Finds the account that is meant, and what is waiting or in force."""

from contextlib import suppress
from uuid import UUID

from accounts.holding_back.queries import in_force, listed
from accounts.models import Account, HoldBack
from idp.console.helping.finding import find, residents


def account_of(typed: str) -> Account | None:
    """Return whose account has this number, address, help code or sign-in name."""
    with suppress(ValueError):  # no number
        return residents().filter(pk=UUID(typed)).first()
    return find(typed).account


def one(number: UUID) -> HoldBack | None:
    """Return what waits or is in force under this number."""
    return listed().filter(pk=number).first()


def is_in_force(hold_back: HoldBack) -> bool:
    """Say whether two people have agreed to it."""
    return in_force().filter(pk=hold_back.pk).exists()
