"""systemd reads every unit that is shipped as it was meant."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.environment import ROOT

PACKAGE = "systemd"
UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
# What is at no such place before it was installed; any program does to read the rest.
INSTALLED = "/opt/borough-login/.venv/bin/python"


@pytest.fixture
def analyze() -> str:
    """Return the program that reads units; skip without it, fail in CI."""
    found = shutil.which("systemd-analyze")
    if found:
        return found
    reason = f"systemd-analyze is missing: apt-get install {PACKAGE}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def _verified(analyze: str, folder: Path) -> str:
    units = sorted(str(path) for path in folder.iterdir())
    finished = subprocess.run(
        [analyze, "verify", *units], check=False, capture_output=True, text=True
    )
    return finished.stdout + finished.stderr


def _copied(folder: Path) -> None:
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8")
        (folder / unit.name).write_text(text.replace(INSTALLED, "/bin/true"))


def test_none_of_them_is_complained_of(analyze: str, tmp_path: Path) -> None:
    _copied(tmp_path)
    assert _verified(analyze, tmp_path) == ""


def test_a_misspelled_line_would_be(analyze: str, tmp_path: Path) -> None:
    _copied(tmp_path)
    unit = tmp_path / "borough-login.service"
    unit.write_text(unit.read_text().replace("NoNewPrivileges", "NoNewPrivilege"))
    assert "Unknown key" in _verified(analyze, tmp_path)
