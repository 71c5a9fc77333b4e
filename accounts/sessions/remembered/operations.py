"""Remembering browsers and forgetting them."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account, RememberedDevice
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.security import keyed_hash
from accounts.security.tokens import random_token
from accounts.sessions.remembered import queries


@transaction.atomic
def remember(*, account: Account, started_on: str, by: Actor) -> str:
    """Remember this browser for the account, and return the only copy of its secret."""
    value = random_token()
    device = RememberedDevice.objects.create(
        account=account,
        token_hash=keyed_hash.digest(queries.PURPOSE, value),
        started_on=started_on,
        expires_at=timezone.now() + settings.REMEMBERED_DEVICE_LIFETIME,
    )
    about = About(account_id=account.pk, object_kind="remembered_device", object_id=str(device.pk))
    record(Event.DEVICE_REMEMBERED, by=by, about=about)
    tell(account=account, news=News.DEVICE_REMEMBERED, detail=started_on)
    return value


def used(device: RememberedDevice) -> None:
    """Note that the browser was spared a second step; the session is the fact."""
    RememberedDevice.objects.filter(pk=device.pk).update(last_used_at=timezone.now())


@transaction.atomic
def forget(*, account: Account, device: UUID, by: Actor) -> None:
    """Forget one remembered browser of the account; forgetting it twice changes nothing."""
    row = queries.of_account(account).filter(pk=device)
    if row.update(ended_at=timezone.now()):
        about = About(account_id=account.pk, object_kind="remembered_device", object_id=str(device))
        record(Event.DEVICES_FORGOTTEN, by=by, about=about)


@transaction.atomic
def forget_all(*, account: Account, reason: str, by: Actor) -> None:
    """Forget every remembered browser of the account."""
    count = queries.of_account(account).update(ended_at=timezone.now())
    if count:
        about = About(
            account_id=account.pk,
            object_kind="remembered_device",
            reason=reason,
            detail={"count": count},
        )
        record(Event.DEVICES_FORGOTTEN, by=by, about=about)
