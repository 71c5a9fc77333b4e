"""What the directory's last word about somebody is worth by now."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.staffing.standing.rules import Standing, standing

NOW = datetime(2027, 1, 10, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    "ago, found",
    [
        (timedelta(), Standing.FINE),
        (HOUR, Standing.FINE),
        (HOUR + timedelta(microseconds=1), Standing.SILENT),
        (timedelta(days=400), Standing.SILENT),
        # The clock of the machine before was ahead.
        (-HOUR, Standing.FINE),
    ],
)
def test_silence_counts_once_it_lasts_longer_than_the_grace(
    ago: timedelta, found: Standing
) -> None:
    assert standing(heard_at=NOW - ago, gone_at=None, now=NOW, grace=HOUR) is found


@pytest.mark.parametrize("ago", [timedelta(), HOUR * 2])
def test_a_no_counts_at_once_whatever_was_heard_before(ago: timedelta) -> None:
    found = standing(heard_at=NOW - ago, gone_at=NOW, now=NOW, grace=HOUR)
    assert found is Standing.GONE
