"""Writes of where an account's owner lives."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account, PostalAddress
from accounts.notices.news import News
from accounts.notices.operations import tell


@dataclass(frozen=True)
class Stated:
    """What its owner says; `lines` divided by line feeds, `uprn` only from a look-up."""

    lines: str = ""
    postcode: str = ""
    uprn: str = ""
    no_fixed_address: bool = False


@transaction.atomic
def change(*, account: Account, stated: Stated, by: Actor) -> None:
    """Keep what the owner says, self-stated, in place of what was there.

    The same again changes nothing: a check by the council, and the days since, stay.
    """
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    row = PostalAddress.objects.filter(account=account).first()
    if row is not None and _of(row) == stated:
        return
    PostalAddress.objects.update_or_create(
        account=account,
        defaults={
            "lines": stated.lines,
            "postcode": stated.postcode,
            "uprn": stated.uprn,
            "no_fixed_address": stated.no_fixed_address,
            "checked_at": None,
            "unsafe_since": None,
            "changed_at": timezone.now(),
        },
    )
    reason = "no_fixed_address" if stated.no_fixed_address else "found" if stated.uprn else "typed"
    record(Event.POSTAL_ADDRESS_CHANGED, by=by, about=About(account_id=account.pk, reason=reason))
    tell(account=account, news=News.ADDRESS_CHANGED)


@transaction.atomic
def remove(*, account: Account, by: Actor) -> None:
    """Forget where the owner lives."""
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    count, _rows = PostalAddress.objects.filter(account=account).delete()
    if count:
        record(Event.POSTAL_ADDRESS_REMOVED, by=by, about=About(account_id=account.pk))
        tell(account=account, news=News.ADDRESS_CHANGED)


def _of(row: PostalAddress) -> Stated:
    return Stated(row.lines, row.postcode, row.uprn, row.no_fixed_address)
