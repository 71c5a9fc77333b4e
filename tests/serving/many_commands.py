"""Runs several operator commands in one process, because each would load Django anew."""

import json
import subprocess
import sys
from typing import Any

import django

from tests.environment import ROOT
from tests.serving.provider import Served


def run(served: Served, *commands: tuple[str, ...]) -> list[Any]:
    """Run them on the served database, one after the other; return their answers, parsed."""
    finished = subprocess.run(
        [sys.executable, "-m", __name__],
        check=False,
        capture_output=True,
        cwd=ROOT,
        env=served.environment,
        input=json.dumps(commands),
        text=True,
    )
    assert finished.returncode == 0, f"{finished.stdout}{finished.stderr}"
    answers: list[Any] = json.loads(finished.stdout)
    return answers


if __name__ == "__main__":
    django.setup()

    # Loads Django's commands, which want the settings first.
    from tests import commands

    print(json.dumps([commands.run(*arguments) for arguments in json.load(sys.stdin)]))  # noqa: T201
