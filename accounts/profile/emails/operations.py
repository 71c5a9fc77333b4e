"""Taking an address from an account."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account, EmailAddress, EmailChange
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.profile.emails.changes import outcome


@transaction.atomic
def remove(*, account: Account, address: EmailAddress, started_on: str, by: Actor) -> bool:
    """Take an address that is not the main one from the account; say whether there was one.

    Whoever reads it is told and may object for a while, unless it was marked unsafe.
    """
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    rows = EmailAddress.objects.filter(account=account, is_primary=False)
    row = rows.filter(pk=address.pk).first()
    if row is None:
        return False
    now = timezone.now()
    change = EmailChange.objects.create(
        account=account,
        kind=EmailChange.Kind.REMOVE,
        old_address=row.address,
        old_key=row.address_key,
        started_on=started_on,
        done_at=now,
        expires_at=now + settings.OLD_EMAIL_LIFETIME,
    )
    outcome.let_go(change, row)
    about = About(account_id=account.pk, object_kind="email_change", object_id=str(change.pk))
    record(Event.EMAIL_REMOVED, by=by, about=about)
    tell(account=account, news=News.EMAIL_REMOVED)
    return True
