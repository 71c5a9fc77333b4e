"""Finding whose password somebody wants to change."""

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Account, EmailAddress
from accounts.models.account import sign_in_key
from accounts.models.email_address import address_key


def mailbox_of(typed: str) -> EmailAddress | None:
    """Return the mailbox of the sign-in name or address that was typed, with its account.

    `sharers` on it counts the accounts that read the mailbox. Always two look-ups, so that nobody
    learns from the time taken which of them found something.
    """
    mailboxes = _with_sharers()
    by_name = mailboxes.filter(is_primary=True, account__sign_in_key=sign_in_key(typed)).first()
    by_address = mailboxes.filter(address_key=address_key(typed)).order_by("pk").first()
    return by_name or by_address


def may_have_link(account: Account, key: str) -> bool:
    """Say whether a link mailed to the address with this key may change this account's password."""
    mailbox = _with_sharers().filter(account=account, address_key=key).first()
    return mailbox is not None and account.is_active and not is_shared(mailbox)


def is_shared(mailbox: EmailAddress) -> bool:
    """Say whether more than one account reads the mailbox."""
    sharers: int = getattr(mailbox, "sharers")  # noqa: B009 - an annotation, unknown to types
    return sharers > 1


def _with_sharers() -> QuerySet[EmailAddress]:
    same = EmailAddress.objects.filter(address_key=OuterRef("address_key"))
    counted = same.order_by().values("address_key").annotate(n=Count("pk")).values("n")
    mailboxes = EmailAddress.objects.select_related("account")
    return mailboxes.annotate(sharers=Coalesce(Subquery(counted), 0))
