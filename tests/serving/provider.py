"""A provider with its worker, started as in production, on a database of its own."""

import os
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy import programs
from deploy.children import Children, answers
from tests.environment import ROOT
from tests.serving.clock import Clock
from tests.serving.operating import Operator, operating
from tests.serving.outbox import Outbox


@dataclass(frozen=True)
class Served:
    """A running provider and the ways a test may reach it: HTTP, its mail, operator commands."""

    issuer: str
    outbox: Outbox
    environment: dict[str, str]
    operator: Operator
    children: Children

    def manage(self, *arguments: str) -> Any:  # noqa: ANN401 - whatever the command answers
        """Run an operator command on the served database; return its answer, parsed."""
        return self.operator.run(*arguments)


def run_command(environment: dict[str, str], *arguments: str) -> str:
    """Run a management command; return what it printed.

    Raises:
        AssertionError: it failed; holds what it printed to say why.
    """
    return _run(environment, "manage.py", *arguments)


def run_module(environment: dict[str, str], module: str) -> str:
    """Run a module of the tests as a program; return what it printed.

    Raises:
        AssertionError: it failed; holds what it printed to say why.
    """
    return _run(environment, "-m", module)


def _run(environment: dict[str, str], *arguments: str) -> str:
    finished = subprocess.run(
        [sys.executable, *arguments],
        check=False,
        capture_output=True,
        cwd=ROOT,
        env=environment,
        text=True,
    )
    assert finished.returncode == 0, f"{' '.join(arguments)}: {finished.stdout}{finished.stderr}"
    return finished.stdout


@dataclass(frozen=True)
class Prepared:
    """What a provider starts on: a migrated database with keys, and collected static files."""

    database_url: str
    static: Path

    @property
    def environment(self) -> dict[str, str]:
        """The settings that say where both are."""
        return {
            "BOROUGH_DATABASE_URL": self.database_url,
            # As served in production, for a browser to find what its pages refer to.
            "BOROUGH_STATIC_STORAGE": "accounts.pages.storage.ModuleStorage",
            "BOROUGH_STATIC_ROOT": str(self.static),
        }


def prepare(prepared: Prepared) -> None:
    """Fill an empty database and folder with what a provider starts on."""
    run_module(os.environ | prepared.environment, "tests.serving.prepare")


@contextmanager
def serving(
    folder: Path,
    prepared: Prepared,
    clock: Clock | None = None,
    *,
    certificate: Path | None = None,
    settings: Mapping[str, str] | None = None,
    port: int | None = None,
) -> Iterator[Served]:
    """Yield a provider that answers, by this clock if any; its processes end with the block.

    With a certificate, a file that holds its key too, it speaks https alone. It gets a port of its
    own, unless others were told one beforehand.
    """
    issuer = f"{'https' if certificate else 'http'}://localhost:{port or free_port()}"
    environment = os.environ | {
        "BOROUGH_ISSUER": issuer,
        **prepared.environment,
        "BOROUGH_EMAIL_BACKEND": "idp.demo.mail_backend.OutboxBackend",
        "BOROUGH_TEXTS_ADAPTER": "idp.demo.texts.OutboxTexts",
        "BOROUGH_OUTBOX_DIR": str(folder / "outbox"),
        "BOROUGH_LANGUAGES": "en-gb:English,cy:Cymraeg",
        # Every test comes from one address: only where the clock moves does a limit pass.
        "BOROUGH_LIMITS_ENABLED": "yes" if clock else "no",
        "PYTHONUNBUFFERED": "1",
        **(clock.environment if clock else {}),
        **(_tls(certificate) if certificate else {}),
        **(settings or {}),
    }
    children = Children(folder=ROOT, environment=environment, logs=folder)
    try:
        _start(children, issuer, certificate)
        with operating(environment) as operator:
            yield Served(issuer, Outbox(folder / "outbox"), environment, operator, children)
    finally:
        children.stop()


def _tls(certificate: Path) -> dict[str, str]:
    """Return what lets the web server itself speak TLS; in production one in front of it does."""
    return {"GRANIAN_SSL_CERTIFICATE": str(certificate), "GRANIAN_SSL_KEYFILE": str(certificate)}


def _start(children: Children, issuer: str, certificate: Path | None) -> None:
    port = int(issuer.rpartition(":")[2])
    children.start("provider", *programs.provider(sys.executable, port))
    children.start("worker", *programs.worker(sys.executable))
    trust = ssl.create_default_context(cafile=certificate) if certificate else None
    children.wait(lambda: answers(f"{issuer}/readyz", trust), seconds=180)


def free_port() -> int:
    """Return a port that no program had a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
