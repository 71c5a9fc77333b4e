"""Runs a flow of the library in Node.js, and does for it what its resident does."""

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any, Final

from tests.interop.node import NODE
from tests.interop.openid_client.application import Application
from tests.interop.resident import Resident

Json = dict[str, Any]
Meanwhile = Callable[[Json], object]

_FOLDER: Final = Path(__file__).parent
# Longer than any answer may take on a busy machine: only for a flow that would never end.
_MOST_SECONDS: Final = 90


@dataclass
class RefusedError(Exception):
    """The library threw: its own code, and the provider's status and error if those were why."""

    code: str
    status: int | None
    error: str

    def __str__(self) -> str:
        """Return all of it in one line."""
        return " ".join(str(part) for part in (self.code, self.status, self.error) if part)


@dataclass(frozen=True)
class Library:
    """The library as applications of one provider use it."""

    issuer: str
    # Of the modules with its flows, beside this one's.
    folder: str = _FOLDER.name

    def run(
        self,
        flow: str,
        application: Application | None = None,
        resident: Resident | None = None,
        meanwhile: Meanwhile | None = None,
        **more: object,
    ) -> Any:  # noqa: ANN401 - whatever the flow returns
        """Run a flow, by its module and name; return what came of it.

        `meanwhile` is called where the flow waits, with what it tells then.

        Raises:
            RefusedError: the library refused what it got.
        """
        told = application.told() if application else {}
        given = {"issuer": self.issuer, "application": told, **more}
        with _running(self.folder, flow) as program:
            program.say(given)
            while True:
                match program.hear():
                    case {"done": done}:
                        return done
                    case {"refused": refused}:
                        raise RefusedError(**refused)
                    case {"travel": url, "to": until} if resident:
                        program.say(resident.travel(url, until))
                    case {"carry": url, "to": until} if resident:
                        program.say(resident.carry(url, until))
                    case {"wait": news} if meanwhile:
                        program.say(meanwhile(news))
                    case other:
                        message = f"{flow}: {other.get('broke', other)}"
                        raise AssertionError(message)


@dataclass(frozen=True)
class _Program:
    process: subprocess.Popen[str]

    def say(self, what: object) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{json.dumps(what)}\n")
        self.process.stdin.flush()

    def hear(self) -> Json:
        assert self.process.stdout
        line = self.process.stdout.readline()
        heard: Json = json.loads(line or '{"broke": "It ended without a word."}')
        return heard


@contextmanager
def _running(folder: str, flow: str) -> Iterator[_Program]:
    command = [NODE, str(_FOLDER / "run.mjs"), folder, *flow.split()]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        alarm = Timer(_MOST_SECONDS, process.kill)
        alarm.start()
        try:
            yield _Program(process)
        finally:
            alarm.cancel()
            process.kill()
