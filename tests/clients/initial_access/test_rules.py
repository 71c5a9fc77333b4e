"""When an initial access token is over, and what short names are made."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from clients.initial_access.rules import Standing, TokenOver, over, short_name

pytestmark = pytest.mark.once
NOON = datetime(2026, 1, 10, 12, tzinfo=UTC)
GOOD = Standing(
    expires_at=NOON + timedelta(seconds=1),
    is_revoked=False,
    organisation_active=True,
    applications=1,
    most_applications=2,
)


def test_a_good_one_is_not_over() -> None:
    assert over(GOOD, now=NOON) is None


@pytest.mark.parametrize(
    "standing, reason",
    [
        (replace(GOOD, expires_at=NOON), TokenOver.EXPIRED),
        (replace(GOOD, is_revoked=True), TokenOver.REVOKED),
        (replace(GOOD, organisation_active=False), TokenOver.ORGANISATION_SUSPENDED),
        (replace(GOOD, applications=2), TokenOver.USED_UP),
    ],
)
def test_it_ends_for_each_reason(standing: Standing, reason: TokenOver) -> None:
    assert over(standing, now=NOON) is reason


@pytest.mark.parametrize(
    "name, slug",
    [
        ("Parking", "parking-1a2b"),
        ("\u6771\u4eac", "application-1a2b"),
        ("A" * 100, f"{'a' * 48}-1a2b"),
        (f"{'a' * 47} b", f"{'a' * 47}-1a2b"),
    ],
)
def test_a_short_name_can_be_typed(name: str, slug: str) -> None:
    assert short_name(name, suffix="1a2b") == slug
