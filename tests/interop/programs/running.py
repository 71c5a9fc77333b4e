"""Runs a library's program beside the settings, as its page says."""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from idp.portal.examples.libraries import LIBRARIES
from tests.interop.node import NODE, packages

# What a shell would find for the first word of the command that the page shows.
_INTERPRETERS = {"python": sys.executable, "python3": sys.executable, "node": NODE}
# The provider of these tests has no TLS; over the internet the library insists on it.
_ENVIRONMENT = {"AUTHLIB_INSECURE_TRANSPORT": "1"}


@contextmanager
def running(
    key: str, folder: Path, environment: Mapping[str, str] | None = None
) -> Iterator["subprocess.Popen[str]"]:
    """Run the unchanged program in a folder that holds the settings, until the block ends."""
    library = LIBRARIES[key]
    for file, text in library.texts.items():
        (folder / file).write_text(text, encoding="utf-8")
    command, *arguments = shlex.split(library.run)
    if command == "node" and not (folder / "node_modules").exists():
        (folder / "node_modules").symlink_to(packages())
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [_INTERPRETERS[command], *arguments],
        cwd=folder,
        env={**os.environ, **_ENVIRONMENT, **(environment or {})},
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            _end(process)


def _end(process: "subprocess.Popen[str]") -> None:
    # Asked first: what is killed leaves its own children behind, as Apache would.
    process.terminate()
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()


def address(process: "subprocess.Popen[str]") -> str:
    """Return the address that a program printed, to be opened in a browser."""
    assert process.stdout
    assert process.stderr
    line = process.stdout.readline()
    assert "http" in line, process.stderr.read()
    return line[line.index("http") :].strip()


def told(printed: str, name: str) -> dict[str, Any]:
    """Return what a program printed under this name, which begins a line.

    Raises:
        AssertionError: there is no such line.
    """
    lines = [line for line in printed.splitlines() if line.startswith(name)]
    assert lines, printed
    found: dict[str, Any] = json.loads(lines[0].removeprefix(name))
    return found
