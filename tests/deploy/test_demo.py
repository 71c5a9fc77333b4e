"""`python3 deploy/demo.py`, run as a person runs it."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from deploy.children import answers
from deploy.demo_folder import DemoFolder
from deploy.ports import Ports
from tests.environment import ROOT
from tests.serving.provider import run_command, run_module

pytestmark = [pytest.mark.slow, pytest.mark.once]  # it is on SQLite whatever the tests are on
_DEMO = str(ROOT / "deploy" / "demo.py")
_SECONDS = 300  # a machine that does other things too may take long; the wait ends with the start


@pytest.fixture
def ports() -> Ports:
    """Return three free ports in a row."""
    for first in range(20000, 30000, 3):
        ports = Ports(first)
        if ports.taken() is None:
            return ports
    message = "No three free ports in a row."
    raise AssertionError(message)


@dataclass(frozen=True)
class Demonstration:
    """One that answers, or did."""

    process: "subprocess.Popen[bytes]"
    printed: Path

    def said(self) -> str:
        """Return what it printed so far."""
        return self.printed.read_text(encoding="utf-8")


@contextmanager
def running(folder: Path, ports: Ports) -> Iterator[Demonstration]:
    """Yield the demonstration once all four servers answer; stop it as Ctrl-C does."""
    command = [sys.executable, _DEMO, "--data", str(folder), "--port", str(ports.provider)]
    printed = folder.with_suffix(".printed")
    with printed.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
    started = Demonstration(process, printed)
    try:
        _wait_for(started, f"{ports.issuer}/readyz", *_services(ports))
        yield started
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def _services(ports: Ports) -> list[str]:
    return [ports.council_tax_url, ports.hub_url, ports.housing_url]


def _run(*options: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, _DEMO, *options]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def _wait_for(started: Demonstration, *addresses: str) -> None:
    deadline = time.monotonic() + _SECONDS
    while not all(answers(address) for address in addresses):
        assert started.process.poll() is None, started.said()
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_it_serves_tells_whom_to_sign_in_as_and_stops_on_ctrl_c(
    tmp_path: Path, ports: Ports
) -> None:
    with running(tmp_path / "data", ports) as started:
        demo = json.loads((tmp_path / "data" / "demo.json").read_text())
        assert demo["issuer"] == ports.issuer
        assert [service["url"] for service in demo["services"]] == _services(ports)
        assert httpx.get(demo["outbox"]).status_code == httpx.codes.OK
        listed = _run("--data", str(tmp_path / "data"), "manage", "application", "list", "--json")
        assert len(json.loads(listed.stdout)) == len(demo["services"])

    assert started.process.returncode == 0
    assert ports.taken() is None
    for person in demo["people"]:
        assert f"{person['email']}  {person['password']}" in started.said()
    [secret] = [person["app_secret"] for person in demo["people"] if "app_secret" in person]
    assert secret in started.said()
    assert f"{ports.issuer}/staff" in started.said()


def test_it_seals_its_audit_log_as_a_deployment_does(tmp_path: Path, ports: Ports) -> None:
    verify = ("--data", str(tmp_path / "data"), "manage", "audit", "verify", "--json")
    with running(tmp_path / "data", ports):
        deadline = time.monotonic() + _SECONDS
        while not (answer := json.loads(_run(*verify).stdout))["seals"]:
            assert time.monotonic() < deadline
            time.sleep(0.5)
    assert answer["events"] > 0
    assert answer["findings"] == []


def test_a_second_start_keeps_passwords_secrets_and_client_ids(
    tmp_path: Path, ports: Ports
) -> None:
    with running(tmp_path, ports):
        first = json.loads((tmp_path / "demo.json").read_text())
    with running(tmp_path, ports):
        assert json.loads((tmp_path / "demo.json").read_text()) == first


def test_a_folder_of_an_older_version_is_migrated_to_what_a_new_one_has(
    tmp_path: Path, ports: Ports
) -> None:
    folder, new = DemoFolder(tmp_path / "older"), DemoFolder(tmp_path / "new")
    mask = os.umask(0o077)
    folder.create()
    new.create()
    run_module(folder.environment(ports), "tests.serving.older")
    run_command(new.environment(ports), "migrate", "--verbosity", "0")
    os.umask(mask)
    assert _schema(folder) != _schema(new)

    with running(tmp_path / "older", ports):
        plan = run_command(folder.environment(ports), "migrate", "--plan")
        drift = run_command(folder.environment(ports), "makemigrations", "--check", "--dry-run")

    assert "No planned migration operations." in plan
    assert "No changes detected" in drift
    assert _schema(folder) == _schema(new)


def _schema(folder: DemoFolder) -> set[tuple[str, ...]]:
    """Return the columns of each table, and every index and trigger in its words."""
    with closing(sqlite3.connect(folder.path / "borough.sqlite3")) as database:
        named = database.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
        columns = {
            (table, *(str(value) for value in column[1:]))
            for kind, table, _ in named
            if kind == "table"
            for column in database.execute("SELECT * FROM pragma_table_info(?)", [table])
        }
    return columns | {
        (kind, name, "".join((sql or "").split())) for kind, name, sql in named if kind != "table"
    }


def test_a_taken_port_is_said_at_once(tmp_path: Path, ports: Ports) -> None:
    with socket.create_server(("127.0.0.1", ports.community_hub)):
        refused = _run("--data", str(tmp_path), "--port", str(ports.provider))

    assert refused.returncode != 0
    assert f"Port {ports.community_hub} is taken by another program." in refused.stderr
    assert list(tmp_path.iterdir()) == []
