"""The ladder's table: what each rung needs and how rungs stand to one another."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from accounts.recovery import rules
from accounts.recovery.rules import (
    LADDER,
    SLOW,
    Refusal,
    Replaces,
    Rung,
    Running,
    Shown,
    Standing,
    Status,
    Times,
)

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
EVERY = [
    frozenset(shown)
    for size in range(len(Shown) + 1)
    for shown in itertools.combinations(Shown, size)
]


def test_every_rung_has_its_terms() -> None:
    assert list(LADDER) == list(Rung)


@pytest.mark.parametrize(
    "rung, hours", [(Rung.KNOWN_PASSWORD, 72), (Rung.POST, 24), (Rung.COUNTER, 24)]
)
def test_the_least_waits_are_the_floor_that_was_agreed(rung: Rung, hours: int) -> None:
    assert LADDER[rung].least_wait == timedelta(hours=hours)
    assert timedelta(hours=48) == rules.LEAST_HOLD
    assert timedelta(days=30) == rules.LEAST_ADDRESS_AGE


@pytest.mark.parametrize("rung", SLOW)
def test_whatever_replaces_everything_waits_a_day_at_least(rung: Rung) -> None:
    terms = LADDER[rung]
    assert terms.least_wait >= timedelta(hours=24)
    assert getattr(settings, terms.wait_setting) >= terms.least_wait


@pytest.mark.parametrize("rung", [rung for rung in Rung if rung not in SLOW])
def test_whatever_does_not_wait_replaces_no_second_step(rung: Rung) -> None:
    assert LADDER[rung].replaces in {Replaces.PASSWORD, Replaces.NOTHING}


@pytest.mark.parametrize("rung", SLOW)
def test_a_mailbox_alone_climbs_nothing(rung: Rung) -> None:
    assert not rules.is_shown(rung, frozenset({Shown.MAILBOX}))


@pytest.mark.parametrize("shown", EVERY, ids=lambda shown: "+".join(sorted(shown)) or "nothing")
def test_no_single_thing_climbs_anything_that_replaces_everything(shown: frozenset[Shown]) -> None:
    if any(rules.is_shown(rung, shown) for rung in SLOW):
        assert len(shown) >= 2


@pytest.mark.parametrize("rung", [Rung.POST, Rung.COUNTER])
def test_a_code_never_does_without_the_mailbox(rung: Rung) -> None:
    assert not rules.is_shown(rung, frozenset(Shown) - {Shown.MAILBOX})


def begin(rung: Rung, running: Running | None, status: Status = Status.USABLE) -> Refusal | None:
    return rules.refusal_to_begin(rung, frozenset(Shown), status=status, running=running)


@pytest.mark.parametrize("weaker, stronger", list(itertools.combinations(SLOW, 2)))
def test_a_stronger_rung_takes_the_place_of_a_weaker_one_that_waits(
    weaker: Rung, stronger: Rung
) -> None:
    assert begin(stronger, Running(weaker, is_paused=False)) is None
    assert begin(weaker, Running(stronger, is_paused=False)) is Refusal.WAITING
    assert begin(weaker, Running(weaker, is_paused=False)) is Refusal.WAITING


@pytest.mark.parametrize("stopped, rung", list(itertools.product(SLOW, repeat=2)))
def test_only_a_counter_goes_on_from_what_was_stopped(stopped: Rung, rung: Rung) -> None:
    refusal = begin(rung, Running(stopped, is_paused=True))
    is_from_counter = rung is Rung.COUNTER and stopped is not Rung.COUNTER
    assert refusal is (None if is_from_counter else Refusal.PAUSED)


@pytest.mark.parametrize("rung", SLOW)
def test_a_frozen_account_is_opened_at_a_counter_alone(rung: Rung) -> None:
    expected = None if rung is Rung.COUNTER else Refusal.FROZEN
    assert begin(rung, None, Status.FROZEN) is expected
    assert begin(rung, None, Status.STOPPED) is Refusal.NOT_USABLE


def times(**changed: object) -> Times:
    values = {
        "opens_at": NOW,
        "closes_at": NOW + rules.OPEN_FOR,
        "told": True,
        "is_paused": False,
        "is_over": False,
    }
    return Times(**{**values, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changed, now, expected",
    [
        ({}, NOW - timedelta(seconds=1), Standing.WAITING),
        ({}, NOW, Standing.OPEN),
        ({"told": False}, NOW + timedelta(days=1), Standing.WAITING),
        ({"is_paused": True}, NOW, Standing.PAUSED),
        ({"is_over": True}, NOW, Standing.OVER),
        ({"opens_at": None}, NOW, Standing.OVER),
        ({}, NOW + rules.OPEN_FOR, Standing.OVER),
    ],
)
def test_a_recovery_is_open_once_its_time_has_come_and_was_told(
    changed: dict[str, object], now: datetime, expected: Standing
) -> None:
    assert rules.standing(times(**changed), now=now) is expected


@pytest.mark.parametrize("standing", [Standing.WAITING, Standing.PAUSED, Standing.OVER])
@pytest.mark.parametrize("rung", SLOW)
def test_nothing_opens_before_its_time(rung: Rung, standing: Standing) -> None:
    shown = frozenset(Shown)
    refusal = rules.refusal_to_open(rung, shown, status=Status.USABLE, standing=standing)
    assert refusal is not None


@pytest.mark.parametrize("rung", SLOW)
def test_the_mailed_link_alone_does_not_open(rung: Rung) -> None:
    shown = frozenset({Shown.MAILBOX})
    refusal = rules.refusal_to_open(rung, shown, status=Status.USABLE, standing=Standing.OPEN)
    assert refusal is Refusal.NOT_SHOWN


def test_a_late_notice_of_the_middle_puts_the_end_off_by_half() -> None:
    wait = timedelta(hours=72)
    late = NOW + timedelta(hours=5)
    assert rules.put_off(NOW, wait, now=late) == late + wait / 2
    assert rules.put_off(NOW, wait, now=NOW - wait / 2) == NOW
