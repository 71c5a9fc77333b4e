"""Many need an application's keys at once: one request is on its way, and few wait for it."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from accounts.security.outgoing.client import Fetched, fetch
from clients.models import Application, FetchedKeys
from idp.oidc import fetched_keys
from tests.protocol.publisher import OLD, Publisher, accepted, publishing
from tests.protocol.signing import SigningPartner


@pytest.fixture
def publisher(settings: Settings) -> Iterator[Publisher]:
    with publishing(settings) as publisher:
        yield publisher


@pytest.fixture
def partner(publisher: Publisher) -> SigningPartner:
    return publisher.partner()


def test_of_many_who_need_a_new_key_one_asks_and_all_go_on(
    partner: SigningPartner, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, threads, asked = timezone.now(), 8, []
    barrier = Barrier(threads)

    def ask_slowly(application: Application) -> FetchedKeys:
        asked.append(application)
        time.sleep(0.5)
        jwks = {"keys": [OLD.jwk]}
        uri = application.jwks_uri
        return FetchedKeys(uri=uri, jwks=jwks, fetched_at=now, next_fetch_at=now)

    def one(_number: int) -> fetched_keys.Known:
        barrier.wait(timeout=30)
        return fetched_keys.renewed(partner.application)

    monkeypatch.setattr(fetched_keys, "_ask_unless_done", ask_slowly)
    assert fetched_keys.known(partner.application) == fetched_keys.Known()
    with ThreadPoolExecutor(threads) as pool:
        found = list(pool.map(one, range(threads)))
    assert [list(known.keys) for known in found] == [[OLD.jwk]] * threads
    assert asked == [partner.application]


def test_whoever_waited_for_one_that_failed_goes_without(
    partner: SigningPartner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_application: Application) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as failing:
        failing.setattr(fetched_keys, "_ask_unless_done", fail)
        with pytest.raises(ZeroDivisionError):
            fetched_keys.renewed(partner.application)
    assert accepted(partner), "nothing is left on its way"


def test_when_too_many_wait_the_others_are_refused_at_once(
    partner: SigningPartner, publisher: Publisher
) -> None:
    for _place in range(16):
        assert fetched_keys._waiting.acquire(blocking=False)  # noqa: SLF001 - as threads would
    try:
        assert not accepted(partner)
        assert publisher.asked == 0
    finally:
        fetched_keys._waiting.release(16)  # noqa: SLF001
    assert accepted(partner)


def test_another_process_that_asked_meanwhile_spares_us_the_request(
    partner: SigningPartner, publisher: Publisher
) -> None:
    loaded = Application.objects.select_related("fetched_keys").get()
    assert accepted(partner)
    assert fetched_keys.renewed(loaded).is_fresh
    assert publisher.asked == 1


def test_no_transaction_is_open_while_we_ask(
    partner: SigningPartner, monkeypatch: pytest.MonkeyPatch
) -> None:
    depths = [len(connection.savepoint_ids)]

    def noting(*arguments: Any, **named: Any) -> Fetched:
        depths.append(len(connection.savepoint_ids))
        return fetch(*arguments, **named)

    monkeypatch.setattr(fetched_keys, "fetch", noting)
    assert accepted(partner)
    assert depths == [depths[0]] * 2
