"""The lint of the requirement files finds what it is there to find."""

from pathlib import Path

import pytest

from tests.runner import requirements


def test_an_address_in_a_requirement_file_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime = tmp_path / "requirements.txt"
    runtime.write_text("--index-url https://packages.example/simple\ndjango==5.2 \\\n")
    monkeypatch.setattr(requirements, "RUNTIME", runtime)

    assert "requirements.txt holds an address" in requirements.problems()[0]


def test_a_package_missing_from_the_development_list_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    development = tmp_path / "requirements-dev.txt"
    development.write_text("pytest==9.2.0\n")
    monkeypatch.setattr(requirements, "DEVELOPMENT", development)

    assert "it lacks annotated-types==" in requirements.problems()[0]
