"""What a service remembers has bounds in number and time."""

import pytest

from deploy.demo_services import visits
from deploy.demo_services.visits import Departure, Visit, Visits


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def departure(state: str) -> Departure:
    return Departure(state=state, nonce="n", verifier="v", silent=False, began=1000.0)


def test_placed_visit_is_found_by_its_cookie() -> None:
    kept = Visits()
    visit = Visit()
    kept.place(visit)
    assert kept.find(kept.cookie(visit)) is visit


def test_former_cookie_finds_nothing() -> None:
    kept = Visits()
    visit = Visit()
    kept.place(visit)
    former = kept.cookie(visit)
    kept.place(visit)
    assert kept.find(former) is None


def test_visit_ends_after_its_time() -> None:
    clock = Clock()
    kept = Visits(clock)
    visit = Visit()
    kept.place(visit)
    clock.now += visits.VISIT_SECONDS + 1
    assert kept.find(kept.cookie(visit)) is None


def test_oldest_visit_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visits, "MOST_VISITS", 2)
    kept = Visits()
    three = [Visit(), Visit(), Visit()]
    for visit in three:
        kept.place(visit)
    assert [kept.find(kept.cookie(visit)) for visit in three] == [None, *three[1:]]


def test_cookie_of_another_process_finds_nothing() -> None:
    visit = Visit()
    Visits().place(visit)
    kept = Visits()
    assert kept.find(Visits().cookie(visit)) is None


def test_departure_is_found_once() -> None:
    visit = Visit()
    visit.depart(departure("one"))
    assert visit.arrive("one", 1000.0) is not None
    assert visit.arrive("one", 1000.0) is None


def test_departure_runs_out() -> None:
    visit = Visit()
    visit.depart(departure("one"))
    assert visit.arrive("one", 1000.0 + visits.DEPARTURE_SECONDS + 1) is None


def test_oldest_departure_makes_room() -> None:
    visit = Visit()
    for number in range(visits.MOST_DEPARTURES + 1):
        visit.depart(departure(str(number)))
    assert list(visit.departures) == ["1", "2", "3", "4", "5"]


def test_nothing_secret_is_printed() -> None:
    visit = Visit(departures={"s": departure("s")})
    assert "'v'" not in repr(visit)
    assert visit.form_token not in repr(visit)
