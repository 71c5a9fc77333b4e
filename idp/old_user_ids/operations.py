"""Writes old user ids: registered by an application, claimed by whom it proved, separated again."""

from collections.abc import Iterable, Sequence
from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import SYSTEM, Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.retention.one_by_one import each
from accounts.security import keyed_hash
from accounts.security.encryption import encrypt
from clients.applications.writing import locked, recorded
from clients.models import Application
from idp.models import OldUserId
from idp.old_user_ids import queries
from idp.old_user_ids.rules import MOST_OF_ONE_PERSON, MOST_REGISTERED

# Values in one statement: SQLite has an end of them.
_AT_ONCE: Final = 250


class TooManyRegisteredError(Exception):
    """The application would have more ids than one may have; nothing was changed."""


class NotClaimedError(Exception):
    """The id is nobody's but whose it was, if anybody's; nothing was changed."""


class NotRegisteredError(NotClaimedError):
    """The application has not registered this id, or it was deleted."""


class OfAnotherError(NotClaimedError):
    """Somebody else has the id."""


class TooManyOfOneError(NotClaimedError):
    """The account has as many ids of this application as one may have."""


class NotActiveError(NotClaimedError):
    """The account was frozen, suspended or closed a moment ago."""


@transaction.atomic
def register(*, application: Application, ids: Sequence[str], by: Actor) -> int:
    """Register these ids, each of them fit; return how many are new.

    Each is kept as a hash alone. Nothing comes of it but that somebody can claim it.

    Raises:
        TooManyRegisteredError: there would be too many of this application.
    """
    row = locked(application)
    new = list(_new(row, ids))
    if OldUserId.objects.filter(application=row).count() + len(new) > MOST_REGISTERED:
        raise TooManyRegisteredError
    of = queries.purpose(row)
    OldUserId.objects.bulk_create(
        (OldUserId(application=row, id_hash=keyed_hash.digest(of, old_id)) for old_id in new),
        batch_size=_AT_ONCE,
    )
    if new:
        recorded(Event.OLD_USER_IDS_REGISTERED, row, by=by, number=str(len(new)))
    return len(new)


def _new(application: Application, ids: Sequence[str]) -> Iterable[str]:
    of, once = queries.purpose(application), list(dict.fromkeys(ids))
    for start in range(0, len(once), _AT_ONCE):
        some = once[start : start + _AT_ONCE]
        known = set(queries.named(application, some).values_list("id_hash", flat=True))
        yield from (
            old_id for old_id in some if known.isdisjoint(keyed_hash.candidates(of, old_id))
        )


@transaction.atomic
def delete(*, application: Application, by: Actor) -> int:
    """Delete the ids that no resident has; return how many. Test residents lose theirs."""
    # One statement: one that is claimed at this moment is left, or cannot be claimed any more.
    gone, _ = queries.deletable(application).delete()
    if gone:
        recorded(Event.OLD_USER_IDS_DELETED, application, by=by, number=str(gone))
    return gone


@transaction.atomic
def claim(*, account: Account, application: Application, old_id: str, by: Actor) -> OldUserId:
    """Let the account have the id that its service has proved to be its owner's.

    Again changes nothing.

    Raises:
        NotClaimedError: as its kinds say.
    """
    # Whoever joins or closes the account at this moment waits, or has done so.
    holder = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    if not holder.is_active:
        raise NotActiveError
    row = queries.named(application, [old_id]).first()
    if row is None:
        raise NotRegisteredError
    if row.account_id == holder.pk:
        return row
    own = queries.of_account(holder, application)
    if row.account_id is None and own.count() >= MOST_OF_ONE_PERSON:
        raise TooManyOfOneError
    # Its condition inside: of two who claim it at once, one alone gets it.
    free = OldUserId.objects.filter(pk=row.pk, account=None)
    now, sealed = timezone.now(), encrypt(old_id.encode())
    if not free.update(account=holder, claimed_at=now, sealed=sealed):
        raise OfAnotherError
    record(Event.OLD_USER_ID_CLAIMED, by=by, about=_about(row, holder, application))
    _tell(holder, application, News.EARLIER_ACCOUNT_LINKED)
    row.account, row.claimed_at, row.sealed = holder, now, sealed
    return row


@transaction.atomic
def separate(*, row: OldUserId, account: Account, by: Actor) -> None:
    """Take the id from the account; it waits anew until the service proves somebody for it."""
    own = OldUserId.objects.filter(pk=row.pk, account=account)
    if own.update(account=None, claimed_at=None, sealed="", registered_at=timezone.now()):
        record(Event.OLD_USER_ID_SEPARATED, by=by, about=_about(row, account, row.application))
        _tell(account, row.application, News.EARLIER_ACCOUNT_SEPARATED)


@transaction.atomic
def take_over(*, closed: Account, kept: Account, by: Actor) -> None:
    """Let one account have the ids of another of the same owner."""
    rows = OldUserId.objects.filter(account=closed).select_related("application")
    for row in rows.order_by("pk"):
        OldUserId.objects.filter(pk=row.pk, account=closed).update(account=kept)
        record(Event.OLD_USER_ID_CLAIMED, by=by, about=_about(row, kept, row.application))


def delete_of_ended() -> int:
    """Delete the ids of applications that have ended for good, whoever has them; count these."""

    @transaction.atomic
    def delete(application: Application) -> bool:
        gone, _ = OldUserId.objects.filter(application=application).delete()
        recorded(Event.OLD_USER_IDS_DELETED, application, by=SYSTEM, number=str(gone))
        return True

    return sum(each(list(queries.ended().order_by("pk")), delete))


def _tell(account: Account, application: Application, news: News) -> None:
    # Their mails are read by others, maybe: no hint at a service that is kept out of sight.
    if not queries.is_private(account, application):
        tell(account=account, news=news)


def _about(row: OldUserId, account: Account, application: Application) -> About:
    return About(
        account_id=account.pk,
        organisation_id=application.organisation_id,
        application_id=application.client_id,
        object_kind="old_user_id",
        object_id=str(row.pk),
    )
