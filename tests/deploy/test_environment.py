"""The environment is made once, and made again when what it was made from changes."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy import environment


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Let installations only be noted; the environment's Python is the one that runs this."""
    venv = tmp_path / ".venv"
    venv.mkdir()
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", venv)
    monkeypatch.setattr(environment, "RUNTIME", tmp_path / "requirements.txt")
    monkeypatch.setattr(environment, "DEVELOPMENT", tmp_path / "requirements-dev.txt")
    monkeypatch.setattr(environment, "_PYTHON", Path(sys.executable))
    monkeypatch.setattr(environment, "_STAMP", venv / "requirements.json")
    (tmp_path / "deploy").mkdir()
    environment.RUNTIME.write_text("django==5.2\n")
    environment.DEVELOPMENT.write_text("django==5.2\npytest==9\n")
    noted: list[Path] = []
    monkeypatch.setattr(environment, "_run_installer", _noting(noted))
    return noted


def _noting(noted: list[Path]) -> Callable[[list[str], Path], bool]:
    def run(_command: list[str], requirements: Path) -> bool:
        noted.append(requirements)
        return True

    return run


def test_a_second_start_installs_nothing(installed: list[Path]) -> None:
    environment.ensure(environment.RUNTIME)
    environment.ensure(environment.RUNTIME)

    assert installed == [environment.RUNTIME]


def test_changed_requirements_are_installed(installed: list[Path]) -> None:
    environment.ensure(environment.RUNTIME)
    environment.RUNTIME.write_text("django==5.2.1\n")
    environment.ensure(environment.RUNTIME)

    assert installed == [environment.RUNTIME] * 2


def test_the_demonstration_runs_in_the_tests_environment(installed: list[Path]) -> None:
    environment.ensure(environment.DEVELOPMENT)
    environment.ensure(environment.RUNTIME)

    assert installed == [environment.DEVELOPMENT]


def test_an_environment_without_the_test_tools_gets_them(installed: list[Path]) -> None:
    environment.ensure(environment.RUNTIME)
    environment.ensure(environment.DEVELOPMENT)

    assert installed == [environment.RUNTIME, environment.DEVELOPMENT]


def test_an_environment_from_another_place_is_not_trusted(
    installed: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.ensure(environment.RUNTIME)
    monkeypatch.setattr(environment, "VENV", tmp_path / "moved")
    environment.ensure(environment.RUNTIME)

    assert len(installed) == 2


def test_a_failed_installation_stops_everything(
    installed: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "_run_installer", lambda *_: False)

    with pytest.raises(SystemExit, match="could not be installed"):
        environment.ensure(environment.RUNTIME)
    assert installed == []


def test_an_old_python_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 2))

    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer"):
        environment.ensure(environment.RUNTIME)


def test_a_python_that_cannot_make_environments_names_the_package(
    installed: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "_usable", lambda: False)
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)

    with pytest.raises(SystemExit, match="apt-get install python3-venv"):
        environment.ensure(environment.RUNTIME)
    assert installed == []
