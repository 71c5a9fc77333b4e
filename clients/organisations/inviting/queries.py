"""Reads invitations."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Account, EmailAddress
from accounts.notices.catalogue import INVITATION_LINK
from accounts.notices.queries import find_link
from accounts.notices.rules import LinkState
from clients.models import Invitation, Member, Organisation


def open_of(organisation: Organisation) -> QuerySet[Invitation]:
    """Return the invitations that nobody has answered, the oldest first; also those too old."""
    rows = Invitation.objects.filter(organisation=organisation, ended_at=None)
    return rows.order_by("made_at", "pk")


def sent_by(account: Account) -> QuerySet[Invitation]:
    """Return the open invitations that the account sent last, to whichever organisation."""
    rows = Invitation.objects.filter(invited_by=account, ended_at=None)
    return rows.select_related("organisation").order_by("pk")


def open_for(account: Account) -> QuerySet[Invitation]:
    """Return the invitations to the account's own addresses that it may take."""
    rows = Invitation.objects.filter(
        address_key__in=_addresses(account).values("address_key"),
        ended_at=None,
        expires_at__gt=timezone.now(),
    )
    rows = rows.exclude(organisation__members__account=account)
    return rows.select_related("organisation").order_by("made_at", "pk")


def reads(account: Account, address_key: str) -> bool:
    """Say whether the account confirmed this address and obeys it."""
    return _addresses(account).filter(address_key=address_key).exists()


def is_member(organisation: Organisation, address_key: str) -> bool:
    """Say whether somebody who reads mail there is a member."""
    readers = EmailAddress.objects.filter(address_key=address_key).values("account")
    return Member.objects.filter(organisation=organisation, account__in=readers).exists()


def find(number: UUID) -> Invitation | None:
    """Return the invitation of this number, with its organisation."""
    return Invitation.objects.select_related("organisation").filter(pk=number).first()


def by_link(token: str) -> Invitation | None:
    """Return the open invitation whose newest mail has this link."""
    found = find_link(INVITATION_LINK, token)
    if found.state is not LinkState.GOOD or found.message is None:
        return None
    rows = Invitation.objects.filter(ended_at=None, expires_at__gt=timezone.now())
    return rows.filter(mail=found.message.pk).first()


def _addresses(account: Account) -> QuerySet[EmailAddress]:
    return EmailAddress.objects.filter(account=account, unsafe_since=None)
