"""How a copy stands, and who may take it up."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from accounts.export.rules import KEPT, LOST_AFTER, Progress, Standing, may_take_up, standing

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)
FRESH = Progress(is_ready=False, has_failed=False, heard_of_at=NOW, expires_at=NOW + KEPT)
LOST = replace(FRESH, heard_of_at=NOW - LOST_AFTER)


@pytest.mark.parametrize(
    "progress, stands",
    [
        (None, Standing.NONE),
        (FRESH, Standing.UNDER_WAY),
        (replace(FRESH, heard_of_at=NOW - LOST_AFTER + A_SECOND), Standing.UNDER_WAY),
        (LOST, Standing.SLOW),
        (replace(FRESH, is_ready=True), Standing.READY),
        (replace(LOST, is_ready=True), Standing.READY),
        (replace(LOST, has_failed=True), Standing.FAILED),
        (replace(FRESH, is_ready=True, expires_at=NOW + A_SECOND), Standing.READY),
        (replace(FRESH, is_ready=True, expires_at=NOW), Standing.GONE),
        (replace(FRESH, has_failed=True, expires_at=NOW), Standing.GONE),
        (replace(FRESH, expires_at=NOW), Standing.GONE),
    ],
)
def test_how_a_copy_stands(progress: Progress | None, stands: Standing) -> None:
    assert standing(progress, now=NOW) is stands


@pytest.mark.parametrize(
    "progress, is_begun, may",
    [
        (FRESH, False, True),
        (FRESH, True, False),
        (LOST, True, True),
        (LOST, False, True),
        (replace(LOST, is_ready=True), True, False),
        (replace(LOST, has_failed=True), True, False),
        (replace(LOST, expires_at=NOW), True, False),
    ],
)
def test_who_may_take_it_up(progress: Progress, *, is_begun: bool, may: bool) -> None:
    assert may_take_up(progress, is_begun=is_begun, now=NOW) is may
