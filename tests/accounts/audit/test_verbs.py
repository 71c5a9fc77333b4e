"""Operators and auditors seal, verify, export, search and purge by commands."""

import json
import re
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from accounts.management.operator_command import Refused
from accounts.models import AuditEvent, AuditSeal
from tests import factories
from tests.accounts.audit import log
from tests.commands import refused, run, text
from tests.environment import ROOT

pytestmark = pytest.mark.django_db

README = ROOT / "accounts" / "audit" / "README.md"
NO_SEAL = "nothing proves that the log is whole. Does the timer run audit seal?"


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the ids of four events, of which two seals cover three."""
    happened = log.happen(2)
    log.seal(monkeypatch)
    happened += log.happen(1)
    log.seal(monkeypatch)
    return happened + log.happen(1)


def _change(number: int) -> None:
    with log.behind_our_back():
        AuditEvent.objects.filter(pk=number).update(reason="x")


def test_sealing_says_how_much_and_copies(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.AUDIT_COPY = str(tmp_path / "seals")
    log.happen(2)
    log.seal(monkeypatch)
    assert run("audit", "seal") == {"seals": 0, "events": 0, "copied": 1}
    log.happen(1)
    settings.AUDIT_COPY = str(tmp_path / "away" / "seals")
    message, status = refused("audit", "seal")
    assert "not copied yet" in message
    assert status == 1
    assert run("audit", "verify", "--copy", str(tmp_path / "seals"))["findings"] == []


def test_sealing_without_a_key_says_which_setting(settings: Settings) -> None:
    settings.AUDIT_KEYS = {}
    assert "BOROUGH_AUDIT_KEYS" in refused("audit", "seal")[0]


def test_a_whole_log_verifies_and_says_what_is_not_known(events: list[int]) -> None:
    report = run("audit", "verify")
    assert (report["seals"], report["events"], report["unsealed"]) == (2, 3, 1)
    assert report["findings"] == []
    assert "cut off" in text("audit", "verify")[1]
    assert len(events) == 4


def test_a_log_that_somebody_changed_is_shown_and_fails(events: list[int]) -> None:
    _change(events[1])
    out = StringIO()
    with pytest.raises(Refused, match="not as it was sealed") as error:
        call_command("audit", "verify", stdout=out, stderr=StringIO())
    assert error.value.returncode == 1
    assert f"Event {events[1]}, of seal 1, was changed" in out.getvalue()


@pytest.mark.parametrize("minutes, status", [(30, 3), (1, 0)])
def test_a_log_that_nothing_sealed_in_time_is_not_fine(minutes: int, status: int) -> None:
    log.happen(1, at=log.ago(minutes=minutes))
    if status:
        assert refused("audit", "verify") == ("no seal: " + NO_SEAL, status)
    else:
        assert run("audit", "verify")["seals"] == 0


def test_events_that_wait_long_for_a_seal_are_pointed_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    log.happen(1)
    log.seal(monkeypatch)
    assert "wait for a seal" not in text("audit", "verify")[1]
    log.happen(1, at=log.ago(minutes=30))
    monkeypatch.setattr("accounts.audit.verifying.events._CLOCKS", timedelta(hours=1))
    assert "wait for a seal" in text("audit", "verify")[1]


def test_an_auditor_verifies_with_the_public_key_alone(
    events: list[int], settings: Settings, tmp_path: Path
) -> None:
    keys = tmp_path / "keys"
    keys.write_text(text("audit", "public-key")[0])
    assert next(iter(settings.AUDIT_KEYS.values())) not in keys.read_text()
    settings.AUDIT_KEYS = {}
    assert run("audit", "verify", "--public-key", str(keys))["findings"] == []
    assert len(events) == 4
    keys.write_text("1: no key")
    assert refused("audit", "verify", "--public-key", str(keys))[1] == 2
    assert refused("audit", "verify", "--public-key", str(tmp_path))[1] == 2


def _script(tmp_path: Path) -> Path:
    [code] = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    script = tmp_path / "verify.py"
    script.write_text(code)
    return script


def _outside(tmp_path: Path, export: Path) -> "subprocess.CompletedProcess[str]":
    """Verify an export as a stranger does, by the program in the README alone."""
    keys = tmp_path / "keys"
    keys.write_text(text("audit", "public-key")[0])
    command = [sys.executable, str(_script(tmp_path)), str(export), str(keys)]
    return subprocess.run(command, check=False, capture_output=True, text=True, env={})


def test_a_stranger_verifies_an_export_by_the_readme(events: list[int], tmp_path: Path) -> None:
    export = tmp_path / "log.jsonl"
    written = run("audit", "export", "--file", str(export))
    assert (written["events"], written["seals"]) == (3, 2)
    assert (export.stat().st_mode & 0o777) == 0o600
    answer = _outside(tmp_path, export)
    assert answer.stderr == ""
    # The fourth, and that of the export itself.
    assert answer.stdout == "2 seals are whole; 2 events behind them are not sealed yet\n"
    export.write_text(export.read_text().replace('"tries":2', '"tries":3', 1))
    assert "events of seal 1" in _outside(tmp_path, export).stderr
    lines = [json.loads(line) for line in export.read_text().splitlines()]
    assert [line["id"] for line in lines if "id" in line][:4] == events


def test_an_export_without_a_seal_proves_nothing(tmp_path: Path) -> None:
    log.happen(2)
    export = tmp_path / "log.jsonl"
    assert run("audit", "export", "--file", str(export))["seals"] == 0
    answer = _outside(tmp_path, export)
    assert (answer.returncode, answer.stdout) == (3, "")
    assert answer.stderr.startswith("no seal: ")


def test_an_export_after_a_purge_verifies_too(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    monkeypatch.setattr("accounts.audit.verifying.events._CLOCKS", timedelta(days=3000))
    log.happen(2, at=log.ago(days=3000))
    log.seal(monkeypatch)
    log.happen(1)
    log.seal(monkeypatch)
    day = f"{log.ago(days=2990):%Y-%m-%d}"
    assert run("audit", "purge", "--before", day) == {"first_seal": 1, "last_seal": 1, "events": 2}
    export = tmp_path / "log.jsonl"
    run("audit", "export", "--file", str(export))
    assert "2 seals are whole" in _outside(tmp_path, export).stdout
    assert len(settings.AUDIT_KEYS) == 1
    assert "No whole seal" in refused("audit", "purge", "--before", day)[0]
    young = f"{timezone.now():%Y-%m-%d}"
    assert "BOROUGH_AUDIT_YEARS" in refused("audit", "purge", "--before", young)[0]


def test_an_export_has_whole_seals_of_the_days_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for days in (9, 5, 1):
        log.happen(2, at=log.ago(days=days))
        log.seal(monkeypatch)
    export = tmp_path / "log.jsonl"
    since, until = f"{log.ago(days=6):%Y-%m-%d}", f"{log.ago(days=3):%Y-%m-%d}"
    written = run("audit", "export", "--file", str(export), "--from", since, "--to", until)
    assert (written["events"], written["seals"], written["unsealed"]) == (2, 1, 0)
    assert "1 seals are whole" in _outside(tmp_path, export).stdout
    exported = AuditEvent.objects.get(event="provider:audit:exported")
    assert set(exported.detail) == {"from", "to"}


def test_an_export_overwrites_nothing(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    file.write_text("kept")
    assert refused("audit", "export", "--file", str(file))[1] == 2
    assert file.read_text() == "kept"


def test_events_are_searched_for_by_name_and_by_id(events: list[int]) -> None:
    account = factories.account()
    number = log.one(300, account_id=account.pk, case_reference="C-1")
    for reference in (account.sign_in_name, str(account.pk)):
        rows = run("audit", "search", "--account", reference)
        assert [row["id"] for row in rows] == [number]
    assert [row["id"] for row in run("audit", "search", "--case", "C-1")] == [number]
    found = run("audit", "search", "--event", "account:session:started", "--below", str(events[1]))
    assert [row["id"] for row in found] == events[:1]
    assert "no account" in refused("audit", "search", "--account", "nobody@example.org")[0]
    assert not AuditSeal.objects.filter(number=3).exists()


@pytest.mark.parametrize("day", ["31/03/2026", "2026-02-30", "tomorrow"])
def test_a_day_that_is_none_is_refused(day: str) -> None:
    assert "2026-03-31" in refused("audit", "purge", "--before", day)[0]
