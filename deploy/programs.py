"""The command lines of what a demonstration or a test run starts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path


# Requests that come together must each have a thread at once: one that waits for its turn counts
# as arrived late. They are made when needed and cost half a megabyte each.
_THREADS: Final = 32


def provider(python: str, port: int) -> list[str]:
    """Return the provider's: one process, as a small council would run it."""
    return [
        *(python, "-m", "granian", "--interface", "wsgi", "--workers", "1"),
        *("--blocking-threads", str(_THREADS), "--no-ws", "--log-level", "warning"),
        # Asked to stop in its first second, granian would otherwise wait for its worker for ever.
        *("--workers-kill-timeout", "2"),
        *("--host", "127.0.0.1", "--port", str(port), "idp.wsgi:application"),
    ]


def worker(python: str) -> list[str]:
    """Return the job worker's, which looks for work often enough for somebody who waits."""
    return [python, "manage.py", "db_worker", "--interval", "0.3", "--no-startup-delay"]


def sealer(python: str) -> list[str]:
    """Return what seals the audit log of a demonstration every five minutes."""
    return [python, "-m", "deploy.demo_seals"]


def service(python: str, name: str, *, summary: Path, port: int) -> list[str]:
    """Return a demo service's, which learns from `summary` (demo.json) who it is."""
    options = ["--demo", str(summary), "--service", name, "--port", str(port)]
    return [python, "-m", "deploy.demo_services", *options]
