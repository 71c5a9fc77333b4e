"""The operator of a served provider: `python -m tests.serving.operating`, for many commands.

Reads a command as a line of JSON and answers with one. A process for each would load Django anew,
which takes as long as ten pages.
"""

import io
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import django
from django.core.management import CommandError, call_command

from tests.environment import ROOT


@dataclass
class Operator:
    """Who runs operator commands with these settings, from the first one on in one process."""

    environment: Mapping[str, str]
    _process: "subprocess.Popen[str] | None" = field(default=None, init=False)

    def run(self, *arguments: str) -> Any:  # noqa: ANN401 - whatever the command answers
        """Run a command; return its answer, parsed.

        Raises:
            AssertionError: it was refused, or broke; what it printed of that is on standard error.
        """
        process = self._process = self._process or _started(self.environment)
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps(arguments) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        assert line, f"{' '.join(arguments)} broke."
        told = json.loads(line)
        assert "refused" not in told, f"{' '.join(arguments)}: {told}"
        return told["answer"]

    def stop(self) -> None:
        """End the process, if there is one."""
        if self._process:
            self._process.communicate()


@contextmanager
def operating(environment: Mapping[str, str]) -> Iterator[Operator]:
    """Yield an operator; the process ends with the block."""
    operator = Operator(environment)
    try:
        yield operator
    finally:
        operator.stop()


def _started(environment: Mapping[str, str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=environment,
        text=True,
    )


def _answer(arguments: list[str]) -> dict[str, Any]:
    printed = io.StringIO()
    try:
        call_command(*arguments, "--json", stdout=printed)
    except CommandError as refusal:
        return {"refused": str(refusal)}
    return {"answer": json.loads(printed.getvalue())}


if __name__ == "__main__":
    django.setup()
    for asked in sys.stdin:
        print(json.dumps(_answer(json.loads(asked))), flush=True)  # noqa: T201
