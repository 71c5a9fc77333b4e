"""Of the runs side by side, one alone does what no database changes; what waits has its own."""

import pytest

from tests.runner import beside
from tests.runner.beside import POSTGRESQL, SQLITE, WAITING


def test_what_can_reach_no_row_is_the_same_everywhere(request: pytest.FixtureRequest) -> None:
    assert beside.runs_of(request.node) == {SQLITE}


@pytest.mark.django_db
def test_what_may_reach_rows_is_run_on_both(request: pytest.FixtureRequest) -> None:
    assert beside.runs_of(request.node) == {SQLITE, POSTGRESQL}


@pytest.mark.parametrize(
    "fixture", ["db", "transactional_db", "prepared", "served", "served_in_time"]
)
def test_what_asks_for_rows_by_a_fixture_is_run_on_both(
    fixture: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request.node, "fixturenames", [fixture])

    assert beside.runs_of(request.node) == {SQLITE, POSTGRESQL}


@pytest.mark.once
@pytest.mark.django_db
def test_what_says_so_itself_is_run_once(request: pytest.FixtureRequest) -> None:
    assert beside.runs_of(request.node) == {SQLITE}


@pytest.mark.once("postgresql")
@pytest.mark.django_db
def test_what_names_the_second_run_is_left_to_it(request: pytest.FixtureRequest) -> None:
    assert beside.runs_of(request.node) == {POSTGRESQL}


def test_the_look_back_at_all_pages_is_run_on_both(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request.node, "fixturenames", ["ledger"])

    assert beside.runs_of(request.node) == {SQLITE, POSTGRESQL}


@pytest.mark.django_db
@pytest.mark.parametrize("mark", ["browser", "served", "slow"])
def test_what_waits_has_a_run_of_its_own_on_each_database(
    mark: str, request: pytest.FixtureRequest
) -> None:
    request.node.add_marker(mark)
    assert beside.runs_of(request.node) == {WAITING[SQLITE], WAITING[POSTGRESQL]}

    request.node.add_marker(pytest.mark.once("postgresql"))
    assert beside.runs_of(request.node) == {WAITING[POSTGRESQL]}
