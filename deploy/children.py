"""Starts programs as children, waits until they answer, and ends every one of them."""

from __future__ import annotations

import contextlib
import http
import math
import os
import signal
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deploy.parentage import ends_with_parent

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Mapping
    from pathlib import Path

_POLL_SECONDS = 0.05
_GRACE_SECONDS = 5


class Stopped(Exception):  # noqa: N818 - not an error
    """Somebody asked us to stop."""


class Died(Exception):  # noqa: N818 - the child's, not ours
    """A child ended by itself."""

    def __init__(self, child: Child) -> None:
        super().__init__(
            f"The {child.name} stopped with exit code {child.process.returncode}. "
            f"Its last lines, from {child.log}:\n\n{child.last_lines()}"
        )


@dataclass(frozen=True)
class Child:
    """One program with everything it prints in a file."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def last_lines(self, count: int = 20) -> str:
        """Return the end of what it printed."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-count:])


class Children:
    """Programs that live and end together."""

    def __init__(self, *, folder: Path, environment: Mapping[str, str], logs: Path) -> None:
        self._folder = folder
        self._environment = dict(environment)
        self._logs = logs
        self._running: list[Child] = []
        self._stopping = False

    @property
    def started(self) -> tuple[Child, ...]:
        """Those that were started, whether or not they ended by themselves since."""
        return tuple(self._running)

    def start(self, name: str, *command: str) -> Child:
        """Start one; it is in a process group of its own, so that Ctrl-C reaches it through us."""
        log = self._logs / f"{name}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                command,
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=ends_with_parent(signal.SIGTERM),
            )
        child = Child(name, process, log)
        self._running.append(child)
        return child

    def stop_on_signals(self) -> None:
        """Let Ctrl-C, a termination and a closed terminal end the next wait."""
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._ask_to_stop)

    def _ask_to_stop(self, _number: int, _frame: object) -> None:
        self._stopping = True

    def wait(self, done: Callable[[], bool], *, seconds: float = math.inf) -> None:
        """Return when `done` says so.

        Raises:
            Stopped: a signal came first.
            Died: a child ended first.
            TimeoutError: the time was over first.
        """
        deadline = time.monotonic() + seconds
        while not done():
            if time.monotonic() > deadline:
                names = ", ".join(child.name for child in self._running)
                message = f"No answer from {names} after {seconds:.0f} s; see {self._logs}."
                raise TimeoutError(message)
            if self._stopping:
                raise Stopped
            for child in self._running:
                if child.process.poll() is not None:
                    raise Died(child)
            time.sleep(_POLL_SECONDS)

    def stop(self) -> None:
        """End all of them, politely first; none is left when this returns."""
        for child in self._running:
            child.process.terminate()
        deadline = time.monotonic() + _GRACE_SECONDS
        for child in self._running:
            _finish(child.process, deadline - time.monotonic())
        self._running.clear()


def _finish(process: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        process.wait(timeout=max(seconds, 0))
    except subprocess.TimeoutExpired:
        process.kill()
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # what it may have started itself
    process.wait()


def answers(address: str, trust: ssl.SSLContext | None = None) -> bool:
    """Whether the address answers with a page that is no error; `trust`: to whom by https."""
    https = urllib.request.HTTPSHandler(context=trust)
    # A proxy that the environment names cannot reach this machine's loopback addresses.
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}), https)
    try:
        with direct.open(address, timeout=2) as response:
            return bool(response.status == http.HTTPStatus.OK)
    except OSError:
        return False
