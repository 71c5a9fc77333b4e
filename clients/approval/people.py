"""Who may be one person behind two accounts: not two approvers, and no stranger to a member."""

from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.audit.events import Event
from accounts.models import Account, AuditEvent, EmailAddress
from clients.models import Organisation


def same_people(accounts: QuerySet[Account]) -> QuerySet[Account]:
    """Return these accounts and those that may be the same people's: of one mailbox, or joined."""
    mailboxes = EmailAddress.objects.filter(account__in=accounts.values("pk")).values("address_key")
    sharing = EmailAddress.objects.filter(address_key__in=mailboxes).values("account")
    return Account.objects.filter(
        Q(pk__in=accounts.values("pk"))
        | Q(pk__in=sharing)
        | Q(joined_into__in=accounts.values("pk"))
        | Q(pk__in=accounts.exclude(joined_into=None).values("joined_into"))
    )


def same_person(account: Account) -> QuerySet[Account]:
    """Return the account and those that may be the same person's."""
    return same_people(Account.objects.filter(pk=account.pk))


def is_member(account: Account, *, of: Organisation, since: datetime) -> bool:
    """Say whether its owner may be a member of the organisation, by this account or another.

    Or was one since then: nobody leaves to decide on what is theirs, and comes back.
    """
    same = same_person(account)
    if of.members.filter(account__in=same).exists():
        return True
    ended = AuditEvent.objects.filter(
        event__in=(Event.MEMBER_LEFT, Event.MEMBER_REMOVED), organisation_id=of.pk, at__gte=since
    )
    return ended.filter(account_id__in=same.values("pk")).exists()
