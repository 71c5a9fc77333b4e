"""A program to start from as its developer has it: beside one file, with its resident's browser."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.interop.programs import running as programs

SETTINGS = "borough-login.json"
_SIGNED_IN = "Signed in: "
# Longer than a program ever takes: only for one that would wait for ever.
_MOST_SECONDS = 90


@dataclass
class Program:
    """One that runs, and waits for its resident at `address`."""

    process: "subprocess.Popen[str]"
    address: str

    def claims(self) -> dict[str, Any]:
        """Return what the ID token said that it took.

        Raises:
            AssertionError: it took none; holds what it complained of.
        """
        printed, complained = self.process.communicate(timeout=_MOST_SECONDS)
        assert _SIGNED_IN in printed, complained
        return programs.told(printed, _SIGNED_IN)

    def complaint(self) -> str:
        """Return what it complained of instead of signing somebody in."""
        printed, complained = self.process.communicate(timeout=_MOST_SECONDS)
        assert _SIGNED_IN not in printed
        assert self.process.returncode
        return complained


@contextmanager
def running(
    key: str, folder: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Program]:
    """Run a library's unchanged program until the block ends."""
    with programs.running(key, folder, environment) as process:
        yield Program(process, programs.address(process))


def told(folder: Path) -> dict[str, Any]:
    """Return what the settings in this folder say."""
    found: dict[str, Any] = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
    return found


def tell(folder: Path, **members: str | bool) -> None:
    """Change these members of the settings, as somebody would in an editor."""
    text = json.dumps({**told(folder), **members}, indent=2)
    (folder / SETTINGS).write_text(text, encoding="utf-8")
