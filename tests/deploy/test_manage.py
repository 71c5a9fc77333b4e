"""`manage.py` says in one line what it lacks."""

import subprocess
import sys

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
