"""The demonstration's folder keeps its secrets to one user and to itself."""

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.demo_folder import DemoFolder
from deploy.ports import Ports


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[DemoFolder]:
    mask = os.umask(0o022)
    made = DemoFolder(tmp_path / "a demo")
    made.create()
    yield made
    os.umask(mask)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_nobody_else_may_read_the_folder_or_its_secrets(folder: DemoFolder) -> None:
    assert _mode(folder.path) == 0o700
    assert _mode(folder.path / "secrets.json") == 0o600


def test_secrets_are_made_once_and_kept(folder: DemoFolder) -> None:
    before = folder.environment(Ports(8000))

    folder.create()

    assert folder.environment(Ports(8000)) == before


def test_two_folders_share_no_secret(folder: DemoFolder, tmp_path: Path) -> None:
    other = DemoFolder(tmp_path / "another")
    other.create()

    first, second = (
        json.loads((made.path / "secrets.json").read_text()) for made in (folder, other)
    )
    assert first.keys() == second.keys()
    assert not set(first.values()) & set(second.values())


def test_a_database_whose_secrets_are_gone_is_not_started_on_others(folder: DemoFolder) -> None:
    (folder.path / "borough.sqlite3").touch()
    (folder.path / "secrets.json").unlink()

    with pytest.raises(SystemExit, match="cannot be read without it"):
        folder.create()


def test_its_settings_win_over_those_of_the_shell(
    folder: DemoFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOROUGH_DATABASE_URL", "postgresql://live.example/borough")
    monkeypatch.setenv("BOROUGH_SECRET_KEY_FILE", "/etc/borough-login/secret")

    environment = folder.environment(Ports(8100))

    assert environment["BOROUGH_DATABASE_URL"].endswith("/a%20demo/borough.sqlite3")
    assert environment["BOROUGH_ISSUER"] == "http://localhost:8100"
    assert "BOROUGH_SECRET_KEY_FILE" not in environment


@pytest.mark.parametrize("damaged", ["", "{}", "[]"])
def test_damaged_secrets_are_said_plainly(folder: DemoFolder, damaged: str) -> None:
    (folder.path / "secrets.json").write_text(damaged)

    with pytest.raises(SystemExit, match="cannot be read"):
        folder.environment(Ports(8000))


def test_two_demonstrations_do_not_share_a_folder(folder: DemoFolder) -> None:
    with folder.held(), pytest.raises(SystemExit, match="already runs"), folder.held():
        pass
    with folder.held():
        """The first gave it back."""


def test_its_commands_run_where_it_was_last_served(folder: DemoFolder) -> None:
    folder.summary.write_text(json.dumps({"issuer": "http://localhost:8100"}))

    assert folder.served_at() == Ports(8100)


def test_commands_on_a_folder_never_served_say_what_to_do(folder: DemoFolder) -> None:
    with pytest.raises(SystemExit, match=r"python3 deploy/demo\.py"):
        folder.served_at()
