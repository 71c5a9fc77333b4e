"""Asking for a copy, downloading and deleting it, and taking up again what a worker left."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.export import jobs, queries, rules
from accounts.export.rules import Standing
from accounts.models import Account, Export, ExportChunk
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.notices.queries import with_a_job

# No other is prepared while there is one.
THERE = frozenset({Standing.UNDER_WAY, Standing.SLOW, Standing.READY})


@transaction.atomic
def ask(*, account: Account, includes_private: bool, by: Actor) -> Export:
    """Queue a copy, and tell the account's owner; return the one that is there, if one is."""
    # One at a time: a double click, or a second tab, must not make two.
    locked = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    there = queries.newest(locked)
    if there is not None and queries.standing_of(there) in THERE:
        return there
    now = timezone.now()
    # One that no worker ever ended stands in nobody's way.
    locked.exports.filter(state__in=queries.UNDER_WAY).update(state=Export.State.FAILED)
    export = Export.objects.create(
        account=locked,
        includes_private=includes_private,
        asked_at=now,
        expires_at=now + rules.KEPT,
    )
    record(Event.EXPORT_ASKED, by=by, about=_about(export))
    tell(account=locked, news=News.EXPORT_ASKED)
    jobs.prepare.enqueue(str(export.pk))
    return export


@transaction.atomic
def note_download(*, export: Export, document: ExportChunk.Document, by: Actor) -> Export | None:
    """Count a download before it begins; None if there is nothing to download any more."""
    rows = Export.objects.select_for_update(no_key=True)
    found = rows.filter(pk=export.pk).first()
    if found is None or queries.standing_of(found) is not Standing.READY:
        return None
    found.downloads += 1
    found.save(update_fields=["downloads"])
    record(Event.EXPORT_DOWNLOADED, by=by, about=_about(found, reason=document))
    return found


@transaction.atomic
def delete(*, export: Export, by: Actor) -> None:
    """Delete what can be downloaded; a second time changes nothing."""
    rows = Export.objects.select_for_update(no_key=True)
    found = rows.filter(pk=export.pk).first()
    if found is None or queries.standing_of(found) is not Standing.READY:
        return
    found.chunks.all().delete()
    found.expires_at = timezone.now()
    found.save(update_fields=["expires_at"])
    record(Event.EXPORT_DELETED, by=by, about=_about(found))


@transaction.atomic
def queue_lost_again(*, now: datetime) -> int:
    """Give every copy that no worker is at, as after one was killed, a new job; count them."""
    waiting = queries.lost(now)
    busy = with_a_job(jobs.prepare.module_path, begun_after=now - rules.LOST_AFTER)
    lost = [export_id for export_id in waiting if export_id not in busy]
    for export_id in lost:
        jobs.prepare.enqueue(export_id)
    return len(lost)


def _about(export: Export, reason: str = "") -> About:
    return About(
        account_id=export.account_id,
        object_kind="export",
        object_id=str(export.pk),
        reason=reason,
    )
