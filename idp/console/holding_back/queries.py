"""Finds the account that is meant, what waits or is in force, and who may decide about it."""

from contextlib import suppress
from uuid import UUID

from accounts.holding_back.queries import in_force, listed
from accounts.holding_back.rules import Refusal
from accounts.models import Account, HoldBack
from clients.approval.people import same_person
from idp.console.helping.finding import find, residents, whose
from idp.console.helping.rules import Whose


def account_of(typed: str) -> Account | None:
    """Return whose account has this number, address, help code or sign-in name."""
    with suppress(ValueError):  # no number
        return residents().filter(pk=UUID(typed)).first()
    return find(typed).account


def shown_to(staff: Account) -> list[HoldBack]:
    """Return what waits or is in force, the newest first, but nothing about their own account.

    What a member of staff does may be the reason: they must not learn of it here, nor end it.
    """
    return [row for row in listed() if not is_own(row.account, of=staff)]


def one(number: UUID) -> HoldBack | None:
    """Return what waits or is in force under this number."""
    return listed().filter(pk=number).first()


def is_own(account: Account, *, of: Account) -> bool:
    """Say whether the account may be this member of staff's own as a resident."""
    is_theirs = whose(account, staff=of) is Whose.THEIR_OWN
    return is_theirs or same_person(of).filter(pk=account.pk).exists()


def why_not_agree(hold_back: HoldBack, by: Account) -> Refusal | None:
    """Return why this person is no second person for it, or None if they are."""
    asker = hold_back.asked_by
    reasons = {
        Refusal.THEIR_OWN: is_own(hold_back.account, of=by),
        # They may have noted only since then that it is theirs.
        Refusal.ASKERS_OWN: is_own(hold_back.account, of=asker),
        # Also by an account that both may have.
        Refusal.SAME_PERSON: same_person(asker).filter(pk__in=same_person(by)).exists(),
    }
    return next((reason for reason, applies in reasons.items() if applies), None)


def is_in_force(hold_back: HoldBack) -> bool:
    """Say whether two people have agreed to it."""
    return in_force().filter(pk=hold_back.pk).exists()
