"""The copy outside the database finds a log whose end was cut off."""

from pathlib import Path

import pytest
from pytest_django import Settings

from accounts.audit.sealing import copy
from accounts.models import AuditEvent, AuditSeal
from tests.accounts.audit import log

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path, settings: Settings) -> Path:
    """Return where the copy is."""
    settings.AUDIT_COPY = str(tmp_path / "seals")
    return tmp_path / "seals"


@pytest.fixture
def copied(file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the copy of three seals, over three events each."""
    for _seal in range(3):
        log.happen(3)
        log.seal(monkeypatch)
        assert copy.bring_up_to_date() == 1
    return file


def test_each_seal_is_copied_once(copied: Path) -> None:
    assert copy.bring_up_to_date() == 0
    lines = list(copy.lines(copied))
    assert [line.seal["number"] for line in lines] == [1, 2, 3]
    assert [line.hash for line in lines] == [seal.hash for seal in AuditSeal.objects.all()]
    assert log.troubles(copy=copied) == []


def test_a_log_without_its_end_is_found_by_the_copy_alone(copied: Path) -> None:
    with log.behind_our_back():
        for seal in AuditSeal.objects.filter(number__gte=2):
            AuditEvent.objects.filter(pk__in=range(seal.first_id or 0, 1000)).delete()
        AuditSeal.objects.filter(number__gte=2).delete()
    assert log.troubles() == []
    [finding] = log.verify(copy=copied).findings
    assert (finding.trouble, finding.seal, finding.other, finding.event) == ("end_cut", 2, 3, 6)
    assert finding.since is not None
    with pytest.raises(copy.DiffersError, match="3"):
        copy.bring_up_to_date()


def test_a_log_that_went_on_after_its_end_was_cut_is_found(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with log.behind_our_back():
        AuditSeal.objects.filter(number=3).delete()
    log.happen()
    log.seal(monkeypatch)
    assert log.troubles(copy=copied) == [("copy_differs", 3, 0, 0)]
    with pytest.raises(copy.DiffersError):
        copy.bring_up_to_date()


def test_seals_that_could_not_be_copied_are_copied_later(
    copied: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.AUDIT_COPY = str(copied.parent / "away" / "seals")
    log.happen()
    log.seal(monkeypatch)
    with pytest.raises(copy.UnreachableError):
        copy.bring_up_to_date()
    assert log.troubles(copy=copied) == []
    settings.AUDIT_COPY = str(copied)
    log.happen()
    log.seal(monkeypatch)
    assert copy.bring_up_to_date() == 2


def test_a_line_that_a_crash_tore_is_said_again(copied: Path) -> None:
    whole = copied.read_text()
    copied.write_text(whole[:-40])
    assert copy.bring_up_to_date() == 1
    assert copied.read_text().startswith(whole[:-40])
    assert copied.read_text().endswith(whole.splitlines()[-1] + "\n")
    assert log.troubles(copy=copied) == []


def test_a_copy_that_somebody_wrote_into_is_named(copied: Path) -> None:
    lines = copied.read_text().splitlines(keepends=True)
    copied.write_text("".join(lines).replace('"count":3', '"count":4', 1))
    assert log.troubles(copy=copied) == [("copy_forged", 0, 0, 0), ("copy_lacks", 1, 0, 0)]
    copied.write_text(lines[0] + lines[2])
    assert log.troubles(copy=copied) == [("copy_lacks", 2, 0, 0)]


def test_a_copy_that_is_not_there_is_no_clean_copy(file: Path) -> None:
    with pytest.raises(OSError, match="seals"):
        log.verify(copy=file)
