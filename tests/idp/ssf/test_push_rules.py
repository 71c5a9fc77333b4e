"""What a receiver's answer means, and when it is asked again."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from idp.ssf.push.rules import (
    LEFT_ALONE_AT_MOST,
    WAITS,
    Reading,
    Verdict,
    left_alone_until,
    next_try,
    reading,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_only_202_says_that_an_event_was_taken() -> None:
    assert reading(202, b"") == Reading(Verdict.TAKEN)
    assert reading(202, b'{"err": "invalid_request"}') == Reading(Verdict.TAKEN)


@pytest.mark.parametrize("status", [200, 201, 204, 206, 401, 403, 404, 429, 500, 502, 503])
def test_any_other_status_may_be_somebody_elses(status: int) -> None:
    answer = reading(status, b'{"err": "invalid_request"}')
    assert answer == Reading(Verdict.TRY_AGAIN)


@pytest.mark.parametrize("error", ["invalid_request", "invalid_issuer", "invalid_audience"])
def test_what_the_receiver_will_never_take_is_refused(error: str) -> None:
    answer = reading(400, b'{"err": "%s", "description": "no"}' % error.encode())
    assert answer == Reading(Verdict.REFUSED, error)


@pytest.mark.parametrize("error", ["invalid_key", "authentication_failed", "access_denied"])
def test_what_the_receiver_may_take_tomorrow_is_sent_again(error: str) -> None:
    assert reading(400, b'{"err": "%s"}' % error.encode()) == Reading(Verdict.TRY_AGAIN, error)


def test_a_word_that_is_not_on_the_list_is_not_kept() -> None:
    answer = reading(400, b'{"err": "<script>ann@example.org</script>"}')
    assert answer == Reading(Verdict.REFUSED, "other")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Bad Request</html>",
        b"null",
        b"[]",
        b'"invalid_request"',
        b"{}",
        b'{"err": null}',
        b'{"err": ""}',
        b'{"err": ["invalid_request"]}',
        b'{"error": "invalid_request"}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b"9" * 10_000,
    ],
)
def test_a_400_without_a_receivers_word_is_somebody_elses_page(body: bytes) -> None:
    assert reading(400, body) == Reading(Verdict.TRY_AGAIN)


def test_waits_grow_and_the_longest_goes_on() -> None:
    assert all(one < other for one, other in pairwise(WAITS))
    late = NOW + timedelta(days=7)
    assert next_try(1, now=NOW, expires_at=late) == NOW + WAITS[0]
    assert next_try(100, now=NOW, expires_at=late) == NOW + WAITS[-1]


def test_nothing_is_tried_again_when_its_time_is_up() -> None:
    assert next_try(1, now=NOW, expires_at=NOW + WAITS[0]) is None
    assert next_try(1, now=NOW, expires_at=NOW - timedelta(days=1)) is None


def test_a_receiver_is_left_alone_ever_longer_but_never_for_hours() -> None:
    assert left_alone_until(1, NOW) == NOW + WAITS[0]
    assert left_alone_until(3, NOW) == NOW + WAITS[2]
    assert left_alone_until(50, NOW) == NOW + LEFT_ALONE_AT_MOST
