"""A run that goes wrong is never counted as a good one."""

import json
from pathlib import Path

import pytest

from tests.runner import pytest_run
from tests.runner.counts import Counts


@pytest.fixture
def counts_file(tmp_path: Path) -> Path:
    path = tmp_path / "counts.json"
    path.write_text(json.dumps({"passed": 3, "failed": 0, "skipped": 1}))
    return path


def test_what_pytest_counted_is_taken_over(counts_file: Path) -> None:
    assert pytest_run.read_counts(counts_file, 0) == Counts(passed=3, skipped=1)


def test_a_run_that_wrote_no_counts_has_failed(tmp_path: Path) -> None:
    assert pytest_run.read_counts(tmp_path / "none", 139) == Counts(failed=1)


def test_an_error_outside_the_tests_counts_as_a_failure(counts_file: Path) -> None:
    assert pytest_run.read_counts(counts_file, 3) == Counts(passed=3, failed=1, skipped=1)


def test_no_test_of_a_name_is_no_failure_of_that_run(counts_file: Path) -> None:
    assert pytest_run.read_counts(counts_file, 5).failed == 0


def test_a_whole_run_in_which_nothing_ran_is_not_good() -> None:
    assert not Counts().good
    assert Counts(skipped=1).good
    assert not (Counts(passed=100) + Counts(failed=1)).good


def test_the_sum_reads_as_ci_expects_it() -> None:
    assert str(Counts(12, 0, 3)) == "12 passed, 0 failed, 3 skipped"
