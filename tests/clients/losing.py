"""Every way in which somebody loses the right to act for an organisation."""

from collections.abc import Callable
from typing import Final

from accounts.audit.actor import OPERATOR, SYSTEM
from accounts.closing import operations as closing
from accounts.freezing import operations as freezing
from accounts.models import AccountClosing
from accounts.suspension import operations as suspension
from clients.models import Member
from clients.organisations.members import operations as members


def leave(member: Member) -> None:
    """Leave."""
    members.leave(organisation=member.organisation, number=member.pk, by=SYSTEM)


def remove(member: Member) -> None:
    """Be removed."""
    members.remove(organisation=member.organisation, number=member.pk, by=SYSTEM)


def demote(member: Member) -> None:
    """Become a developer."""
    developer = Member.Role.DEVELOPER
    organisation = member.organisation
    members.change_role(organisation=organisation, number=member.pk, role=developer, by=SYSTEM)


def hand_over(member: Member) -> None:
    """Make the other an owner in one's own place."""
    other = member.organisation.members.exclude(pk=member.pk).first()
    assert other is not None
    organisation = member.organisation
    members.hand_over(organisation=organisation, number=other.pk, giver=member, by=SYSTEM)


def suspend(member: Member) -> None:
    """Have one's account suspended."""
    suspension.suspend(account=member.account, by=OPERATOR)


def freeze(member: Member) -> None:
    """Have it frozen."""
    freezing.freeze_by_operator(account=member.account, by=OPERATOR)


def close(member: Member) -> None:
    """Have it closed."""
    reason = AccountClosing.Reason.RESIDENT
    closing.close_by_operator(account=member.account, reason=reason, case="C-1", by=OPERATOR)


# Of an owner, beside whom there is another one.
WAYS: Final[dict[str, Callable[[Member], None]]] = {
    "left": leave,
    "was removed": remove,
    "has another role": demote,
    "handed over": hand_over,
    "was suspended": suspend,
    "is frozen": freeze,
    "closed the account": close,
}
