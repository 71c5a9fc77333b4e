"""The worker's work on a copy: take it up, write its documents part by part, hand it over."""

import logging
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final, TypeAlias
from uuid import UUID

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone, translation

from accounts.audit.actor import SYSTEM
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.export import queries, rules
from accounts.export.documents import Document, JsonDocument, PageDocument
from accounts.export.part import Asked, Part, parts
from accounts.export.sealing import Document as Kind
from accounts.export.sealing import TooLargeError, Writer
from accounts.models import Account, Export
from accounts.notices import queries as notices
from accounts.notices.catalogue import Template
from accounts.notices.operations import queue
from accounts.pages.languages import language_for

logger = logging.getLogger(__name__)
State = Export.State
Failure: TypeAlias = Export.Failure
# Within a part that is long; well below LOST_AFTER.
_SAYS_SO_EVERY: Final = timedelta(seconds=30)


class OvertakenError(Exception):
    """Another worker has taken it up since, or it is wanted no more."""


def prepare(export_id: UUID) -> None:
    """Prepare the copy, unless it is done, or another worker is at it."""
    export = _take_up(export_id)
    if export is None:
        return
    with suppress(OvertakenError):
        try:
            with translation.override(language_for(export.account.language)):
                _write(export)
        except TooLargeError:
            _fail(export, Failure.TOO_LARGE)
        except OvertakenError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, its owner is told at once
            # Its class alone: the text may hold what the copy does.
            logger.error("copy %s failed: %s", export.pk, type(error).__name__)  # noqa: TRY400
            _fail(export, Failure.FAULT)


@transaction.atomic
def _take_up(export_id: UUID) -> Export | None:
    rows = Export.objects.select_for_update(of=("self",), no_key=True).select_related("account")
    export = rows.filter(pk=export_id).first()
    now = timezone.now()
    if export is None or not rules.may_take_up(
        queries.progress_of(export), is_begun=export.state == State.PREPARING, now=now
    ):
        return None
    export.attempt += 1
    export.state, export.worked_at = State.PREPARING, now
    export.parts_done, export.parts_all = 0, sum(1 for _part in parts())
    export.save()
    # What a worker left that died.
    export.chunks.all().delete()
    if not export.account.is_active or export.attempt > rules.MOST_ATTEMPTS:
        stopped = not export.account.is_active
        _end(export, Failure.ACCOUNT_STOPPED if stopped else Failure.FAULT)
        return None
    return export


def _write(export: Export) -> None:
    asked = Asked(export.account, export.includes_private)
    writers = {kind: Writer(export, kind) for kind in Kind}
    documents: tuple[Document, ...] = (
        JsonDocument(writers[Kind.JSON].write),
        PageDocument(writers[Kind.PAGE].write),
    )
    for document in documents:
        document.begin(asked, timezone.now())
    for number, part in enumerate(parts(), start=1):
        _tell(export, asked, part, documents)
        _say(export, parts_done=number)
    for document in documents:
        document.end()
    for writer in writers.values():
        writer.close()
    _hand_over(export, writers)


def _tell(export: Export, asked: Asked, part: Part, documents: tuple[Document, ...]) -> None:
    for document in documents:
        document.open(part)
    for row in _watched(export, part.records(asked)):
        for document in documents:
            document.add(part, row)
    for document in documents:
        document.close()


def _watched(export: Export, rows: Iterator[Model]) -> Iterator[Model]:
    """Yield the rows, and say from time to time that somebody is still at it."""
    said_at: datetime = timezone.now()
    for row in rows:
        yield row
        if timezone.now() - said_at >= _SAYS_SO_EVERY:
            _say(export)
            said_at = timezone.now()


def _say(export: Export, **progress: int) -> None:
    if not _mine(export).update(worked_at=timezone.now(), **progress):
        raise OvertakenError


def _mine(export: Export) -> QuerySet[Export]:
    return Export.objects.filter(pk=export.pk, state=State.PREPARING, attempt=export.attempt)


@transaction.atomic
def _hand_over(export: Export, writers: dict[Kind, Writer]) -> None:
    """Make it ready, unless its account was stopped meanwhile: then nobody has it."""
    account = Account.objects.select_for_update(no_key=True).get(pk=export.account_id)
    if not account.is_active:
        _end(export, Failure.ACCOUNT_STOPPED)
        return
    now = timezone.now()
    if not _mine(export).update(
        state=State.READY,
        json_size=writers[Kind.JSON].size,
        page_size=writers[Kind.PAGE].size,
        ready_at=now,
        worked_at=now,
        expires_at=now + rules.KEPT,
    ):
        raise OvertakenError
    record(Event.EXPORT_READY, by=SYSTEM, about=_about(export))
    for row in notices.addresses_to_tell(account)[:1]:
        queue(
            template=Template.EXPORT_READY,
            address=row.address,
            language=account.language,
            account=account,
        )


@transaction.atomic
def _fail(export: Export, failure: Failure) -> None:
    _end(export, failure)


def _end(export: Export, failure: Failure) -> None:
    if not _mine(export).update(state=State.FAILED, failure=failure):
        raise OvertakenError
    export.chunks.all().delete()
    record(Event.EXPORT_FAILED, by=SYSTEM, about=_about(export, reason=failure))


def _about(export: Export, reason: str = "") -> About:
    return About(
        account_id=export.account_id,
        object_kind="export",
        object_id=str(export.pk),
        reason=reason,
    )
