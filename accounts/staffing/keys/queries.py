"""Reads the keys of staff, and the link by which a first one is added."""

from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.mfa.queries import all_of
from accounts.models import Account, Authenticator, OutboundMessage, StaffMember
from accounts.notices.catalogue import STAFF_ENROL_LINK
from accounts.notices.queries import FoundLink, find_link, lock_link
from accounts.notices.rules import LinkState


@dataclass(frozen=True)
class Invited:
    """What a link stands for: whose first key it lets in, or why it does not."""

    state: LinkState
    member: StaffMember | None = None
    message: OutboundMessage | None = None


def of_account(account: Account) -> QuerySet[Authenticator]:
    """Return the keys of somebody of the staff, the one used last first."""
    return all_of(account).filter(kind=Authenticator.Kind.PASSKEY)


def invited(token: str) -> Invited:
    """Return what a link stands for now."""
    return _invited(find_link(STAFF_ENROL_LINK, token))


def locked_invited(token: str) -> Invited:
    """Do the same and hold account and mail until the transaction ends."""
    return _invited(lock_link(STAFF_ENROL_LINK, token))


def _invited(found: FoundLink) -> Invited:
    message = found.message
    if found.state is not LinkState.GOOD or message is None:
        return Invited(found.state)
    rows = StaffMember.objects.filter(account=message.account_id, left_at=None)
    member = rows.select_related("account").first()
    # Whoever has left may not come back by an old mail.
    return Invited(LinkState.GOOD if member else LinkState.EXPIRED, member, message)
