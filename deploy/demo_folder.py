"""The demonstration's data folder: its secrets, its database, its mail, and the settings for it."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import secrets
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from deploy.ports import Ports

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class DemoFolder:
    """Everything that a demonstration keeps between two starts."""

    path: Path

    @property
    def summary(self) -> Path:
        """Return the file that tells people and scripts what to open and whom to sign in as."""
        return self.path / "demo.json"

    @property
    def logs(self) -> Path:
        """Return the folder of what each child printed."""
        return self.path / "logs"

    def create(self) -> None:
        """Make the folder and, once, its secrets; only this user may read either."""
        os.umask(0o077)
        for folder in (self.path, self.logs):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._secrets.exists():
            return
        if self._database.exists():
            sys.exit(
                f"{self._secrets} is gone, and {self._database} cannot be read without it.\n"
                f"Remove {self.path} to begin anew."
            )
        _write_privately(self._secrets, json.dumps(_new_secrets(), indent=2))

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Keep every other demonstration off the folder meanwhile; it would answer as this one.

        Raises:
            SystemExit: another one has it; says what to do.
        """
        try:
            import fcntl  # noqa: PLC0415 - not on Windows
        except ImportError:
            yield
            return
        folder = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(
                f"A demonstration already runs on {self.path}. Stop it, or choose another folder:\n"
                "python3 deploy/demo.py --data DIR"
            )
        else:
            yield
        finally:
            os.close(folder)

    def served_at(self) -> Ports:
        """Return the ports of its last start.

        Raises:
            SystemExit: it was never ready.
        """
        try:
            issuer = json.loads(self.summary.read_text(encoding="utf-8"))["issuer"]
            return Ports(urlsplit(issuer).port or 0)
        except (OSError, ValueError, KeyError):
            sys.exit(f"There is no demonstration in {self.path} yet: python3 deploy/demo.py")

    def environment(self, ports: Ports) -> dict[str, str]:
        """Return the environment of a child: what this process has, with our settings on top."""
        settings: dict[str, str] = {
            **self._read_secrets(),
            "BOROUGH_ISSUER": ports.issuer,
            "BOROUGH_DEMO": "yes",
            "BOROUGH_DATABASE_URL": f"sqlite:///{quote(str(self._database))}",
            "BOROUGH_EMAIL_BACKEND": "idp.demo.mail_backend.OutboxBackend",
            "BOROUGH_TEXTS_ADAPTER": "idp.demo.texts.OutboxTexts",
            "BOROUGH_OUTBOX_DIR": str(self.path / "outbox"),
            "BOROUGH_STATIC_ROOT": str(self.path / "static"),
            "DJANGO_SETTINGS_MODULE": "idp.settings",
            "BOROUGH_OUTGOING_ALLOW": _allowed(ports),
            "PYTHONUNBUFFERED": "1",
        }
        # A variable may also come as NAME_FILE, and both together are refused.
        mine = {*settings, *(f"{name}_FILE" for name in settings)}
        return {name: value for name, value in os.environ.items() if name not in mine} | settings

    def _read_secrets(self) -> dict[str, str]:
        try:
            kept = json.loads(self._secrets.read_text(encoding="utf-8"))
            return {name: kept[name] for name in _new_secrets()}
        except (OSError, ValueError, KeyError, TypeError):
            sys.exit(f"{self._secrets} cannot be read. Remove {self.path} to begin anew.")

    @property
    def _secrets(self) -> Path:
        return self.path / "secrets.json"

    @property
    def _database(self) -> Path:
        return self.path / "borough.sqlite3"


def _allowed(ports: Ports) -> str:
    """Let the provider tell its services; beside whatever else it may ask on this machine."""
    urls = (ports.council_tax_url, ports.hub_url, ports.housing_url)
    services = [urlsplit(url).netloc for url in urls]
    return ",".join([*filter(None, [os.environ.get("BOROUGH_OUTGOING_ALLOW")]), *services])


def _new_secrets() -> dict[str, str]:
    return {
        "BOROUGH_SECRET_KEY": secrets.token_urlsafe(48),
        "BOROUGH_HASH_KEYS": f"1:{_key()}",
        "BOROUGH_FIELD_ENCRYPTION_KEYS": f"1:{_key()}",
        "BOROUGH_AUDIT_KEYS": f"1:{_key()}",
    }


def _key() -> str:
    """Return 256 random bits in the form that Fernet and our keyed hash both read."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode("ascii")


def _write_privately(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
