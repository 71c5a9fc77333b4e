"""The key sets at applications' jwks_uri: kept in a table, and asked for anew when they may be old.

Whoever sends an unknown kid makes us ask; so the wait before the next time doubles while nothing
new comes of it, one request at a time is on its way for an application, and few threads wait.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from threading import BoundedSemaphore, Lock
from typing import Any, Final

from django.utils import timezone

from accounts.security.outgoing.client import fetch
from accounts.security.outgoing.refusals import OutgoingRefusedError
from clients.applications.keys.rules import kept_keys
from clients.models import Application, FetchedKeys
from idp.oidc.strict_json import NotStrictError, parse_object

logger = logging.getLogger(__name__)

# A key that its owner took back is trusted no longer than this, or, while the set cannot be read,
# than the second.
_FRESH: Final = timedelta(hours=1)
_KEPT: Final = timedelta(hours=24)
_FIRST_WAIT: Final = timedelta(seconds=10)
_LONGEST_WAIT: Final = timedelta(minutes=5)
_MOST_DOUBLINGS: Final = 5
# Half of a process's threads: the others go on whatever partners' servers do.
_MOST_WAITING: Final = 16
_waiting = BoundedSemaphore(_MOST_WAITING)
_on_their_way: dict[int, "Future[FetchedKeys | None]"] = {}
_guard = Lock()


class _UnreadableError(Exception):
    """There is no key set at the address; the message is for the log."""


@dataclass(frozen=True)
class Known:
    """What was last read at an application's jwks_uri; `are_there`: lately enough to count."""

    keys: Sequence[Mapping[str, Any]] = ()
    are_there: bool = False
    is_fresh: bool = False


def known(application: Application) -> Known:
    """Return the application's keys without asking anybody."""
    return _known(_row(application), timezone.now())


def renewed(application: Application) -> Known:
    """Return the application's keys, asked for anew unless that was done just now."""
    row = _row(application)
    if row is not None and row.next_fetch_at > timezone.now():
        return _known(row, timezone.now())
    if not _waiting.acquire(blocking=False):
        logger.warning("too many wait for key sets: client=%s", application.client_id)
        return _known(row, timezone.now())
    try:
        row = _fetched_once(application)
    finally:
        _waiting.release()
    return _known(row, timezone.now())


def _row(application: Application) -> FetchedKeys | None:
    """Return what was read at the address that the application has now."""
    row: FetchedKeys | None = getattr(application, "fetched_keys", None)
    return row if row is not None and row.uri == application.jwks_uri else None


def _known(row: FetchedKeys | None, now: datetime) -> Known:
    if row is None or row.fetched_at is None or now - row.fetched_at >= _KEPT:
        return Known()
    return Known(row.jwks["keys"], are_there=True, is_fresh=now - row.fetched_at < _FRESH)


def _fetched_once(application: Application) -> FetchedKeys | None:
    """Ask, or wait for whoever in this process is asking for the same application."""
    with _guard:
        asked = _on_their_way.get(application.pk)
        mine: Future[FetchedKeys | None] = Future()
        if asked is None:
            _on_their_way[application.pk] = mine
    if asked is not None:
        return asked.result()
    with _landing(application.pk, mine):
        row = _ask_unless_done(application)
        mine.set_result(row)
    return row


@contextmanager
def _landing(number: int, mine: "Future[FetchedKeys | None]") -> Iterator[None]:
    try:
        yield
    finally:
        with _guard:
            del _on_their_way[number]
        if not mine.done():  # whatever failed is raised here; those who wait get nothing
            mine.set_result(None)


def _ask_unless_done(application: Application) -> FetchedKeys | None:
    # Another process may have asked since the application was loaded.
    row = _row(Application.objects.select_related("fetched_keys").get(pk=application.pk))
    if row is not None and row.next_fetch_at > timezone.now():
        return row
    try:
        return _store(application, row, keys=_read(application.jwks_uri))
    except _UnreadableError as error:
        logger.info("jwks_uri not read: %s client=%s", error, application.client_id)
        return _store(application, row, keys=None)


def _read(uri: str) -> list[dict[str, Any]]:
    try:
        answer = fetch(uri, accept="application/jwk-set+json, application/json")
        found = parse_object(answer.body)
    except OutgoingRefusedError as error:
        raise _UnreadableError(error.reason) from error
    except NotStrictError as error:
        raise _UnreadableError(error.fault) from error
    if answer.status != HTTPStatus.OK or not isinstance(found.get("keys"), list):
        raise _UnreadableError(answer.status)
    return kept_keys(found)


def _store(
    application: Application, row: FetchedKeys | None, *, keys: list[dict[str, Any]] | None
) -> FetchedKeys:
    """Keep what was read; None for nothing, which leaves an earlier set as it is."""
    now = timezone.now()
    before, fetched_at = (row.jwks["keys"], row.fetched_at) if row is not None else ([], None)
    is_news = keys is not None and keys != before
    failures = 0 if is_news else _fruitless(row, now) + 1
    wait = min(_FIRST_WAIT * 2 ** min(failures, _MOST_DOUBLINGS), _LONGEST_WAIT)
    stored, _new = FetchedKeys.objects.update_or_create(
        application=application,
        defaults={
            "uri": application.jwks_uri,
            "jwks": {"keys": before if keys is None else keys},
            "fetched_at": fetched_at if keys is None else now,
            "failures": failures,
            "next_fetch_at": now + wait,
        },
    )
    return stored


def _fruitless(row: FetchedKeys | None, now: datetime) -> int:
    """Return how often in a row nothing new came; a long pause begins a new row."""
    if row is None or now - row.next_fetch_at > _LONGEST_WAIT:
        return 0
    return row.failures
