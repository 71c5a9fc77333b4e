"""Two nightly runs that meet rotate once."""

import subprocess
import sys
from typing import Any

from tests.environment import ROOT
from tests.serving.provider import Served

# As if the keys had been there for a year.
_AGE = """
import os; os.environ["DJANGO_SETTINGS_MODULE"] = "idp.settings"
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from idp.models import SigningKey
before = timezone.now() - timedelta(days=365)
SigningKey.objects.filter(state__in=["active", "next"]).update(created_at=before)
SigningKey.objects.filter(state="active").update(activated_at=before)
"""


def start(served: Served, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, env=served.environment, stdout=subprocess.PIPE, text=True
    )


def output(process: subprocess.Popen[str]) -> str:
    text, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return text


def states(rows: list[dict[str, Any]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["algorithm"], []).append(row["state"])
    return {algorithm: sorted(of_it) for algorithm, of_it in found.items()}


def test_each_algorithm_moves_on_by_one_key(served: Served) -> None:
    before = states(served.manage("keys", "list"))
    output(start(served, "-c", _AGE))
    runs = [start(served, "manage.py", "keys", "rotate", "--due", "--json") for _ in range(3)]
    for run in runs:
        output(run)
    assert states(served.manage("keys", "list")) == {
        algorithm: sorted([*of_it, "retired"]) for algorithm, of_it in before.items()
    }
