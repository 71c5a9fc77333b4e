"""Old user ids of an application: waiting, or somebody's."""

from django.utils import timezone

from accounts.models import Account
from accounts.security import keyed_hash
from accounts.security.encryption import encrypt
from clients.models import Application
from idp.models import OldUserId
from idp.old_user_ids.queries import purpose


def old_user_id(application: Application, old_id: str = "ann.1970") -> OldUserId:
    """Return an id that the application registered."""
    hashed = keyed_hash.digest(purpose(application), old_id)
    return OldUserId.objects.create(application=application, id_hash=hashed)


def claimed(application: Application, account: Account, old_id: str = "ann.1970") -> OldUserId:
    """Return an id that this account brought along."""
    row = old_user_id(application, old_id)
    row.account, row.claimed_at = account, timezone.now()
    row.sealed = encrypt(old_id.encode())
    row.save()
    return row
