"""Starting a service: what cannot work is said in one sentence, with status 2."""

import runpy
import socket
import sys
from pathlib import Path

import pytest

from deploy.demo_services import server


def start(monkeypatch: pytest.MonkeyPatch, demo: Path, port: int) -> int:
    """Run the program to its end; return its status."""
    arguments = ["--demo", str(demo), "--service", "council-tax", "--port", str(port)]
    monkeypatch.setattr(sys, "argv", ["demo_services", *arguments])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("deploy.demo_services", run_name="__main__")
    assert isinstance(ended.value.code, int)
    return ended.value.code


def test_missing_file_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start(monkeypatch, tmp_path / "demo.json", 8001) == 2
    assert "Start the provider's demo first" in capsys.readouterr().err


def test_taken_port_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("deploy.demo_services.configuration.read", lambda *_: None)
    with socket.socket() as other:
        other.bind((server.ADDRESS, 0))
        other.listen()
        port = other.getsockname()[1]
        assert start(monkeypatch, tmp_path / "demo.json", port) == 2
    assert f"Port {port} is taken" in capsys.readouterr().err
