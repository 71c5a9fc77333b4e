"""`manage.py` says in one line what it lacks."""

import os
import subprocess
import sys
from pathlib import Path

from deploy.demo_folder import DemoFolder
from deploy.ports import Ports
from tests.environment import ROOT


def _manage(*options: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, *options, str(ROOT / "manage.py"), "application", "list"]
    return subprocess.run(command, check=False, capture_output=True, text=True, env=environment)


def test_without_settings_it_names_the_first_that_is_missing() -> None:
    refused = _manage()

    assert refused.returncode == 1
    assert refused.stderr.startswith("Set BOROUGH_SECRET_KEY")
    assert "deploy/README.md" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_without_django_it_names_the_environment_that_has_it() -> None:
    refused = _manage("-S", "-I")

    assert refused.returncode == 1
    assert ".venv/bin/python manage.py" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_a_demonstration_says_which_variable_of_the_shell_is_wrong(tmp_path: Path) -> None:
    folder = DemoFolder(tmp_path)
    mask = os.umask(0o077)
    folder.create()
    os.umask(mask)
    settings = folder.environment(Ports(8000)) | {"BOROUGH_ARGON2_MEMORY_KIB": "abc"}
    command = [sys.executable, "-m", "deploy.demo_prepare", "--data", str(tmp_path)]
    command += ["--council-tax-url", "http://127.0.0.1:8001", "--hub-url", "http://127.0.0.1:8002"]

    refused = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=ROOT, env=settings
    )

    assert refused.returncode == 1
    assert refused.stderr == "BOROUGH_ARGON2_MEMORY_KIB must be a whole number, not 'abc'.\n"
