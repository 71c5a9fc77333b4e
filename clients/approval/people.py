"""Who may be one person behind two accounts: not two approvers, and no stranger to a member."""

from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.audit.events import Event
from accounts.models import Account, AuditEvent, ColleagueAccount, EmailAddress, StaffMember
from clients.models import Organisation


def same_people(accounts: QuerySet[Account]) -> QuerySet[Account]:
    """Return these accounts and those that may be the same people's: of one mailbox, or joined.

    A staff account has its owner's mailbox at work, which may be a resident's address too, and
    its owner may have said which account as a resident is theirs.
    """
    owned = {"account__in": accounts.values("pk")}
    mailboxes = EmailAddress.objects.filter(**owned).values("address_key")
    at_work = StaffMember.objects.filter(**owned).values("work_email_key")
    sharing = Q(address_key__in=mailboxes) | Q(address_key__in=at_work)
    working = Q(work_email_key__in=mailboxes) | Q(work_email_key__in=at_work)
    return Account.objects.filter(
        Q(pk__in=accounts.values("pk"))
        | Q(pk__in=EmailAddress.objects.filter(sharing).values("account"))
        | Q(pk__in=StaffMember.objects.filter(working).values("account"))
        | Q(
            pk__in=ColleagueAccount.objects.filter(staff__in=accounts.values("pk")).values(
                "account"
            )
        )
        | Q(pk__in=ColleagueAccount.objects.filter(**owned).values("staff"))
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
