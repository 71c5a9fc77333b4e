"""Makes the Python environment in .venv from hash-checked requirements.

Runs before anything is installed, so it uses the standard library only, and parses on Pythons
older than the one it asks for.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
RUNTIME = ROOT / "deploy" / "requirements.txt"
DEVELOPMENT = ROOT / "deploy" / "requirements-dev.txt"
OLDEST = (3, 11)

_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
_STAMP = VENV / "requirements.json"


def ensure(requirements: Path) -> Path:
    """Return the environment's Python, with `requirements` installed; no network when they are.

    Raises:
        SystemExit: this Python cannot make one, or an installation failed; says what to do.
    """
    _refuse_unfit_python()
    if _fits(requirements):
        return _PYTHON
    with _one_at_a_time():
        if not _fits(requirements):
            _install(requirements)
    return _PYTHON


def _refuse_unfit_python() -> None:
    if sys.version_info < OLDEST:
        here = ".".join(str(part) for part in sys.version_info[:3])
        sys.exit(f"Borough Login needs Python 3.11 or newer. {sys.executable} is {here}.")


def _fits(requirements: Path) -> bool:
    """Whether a finished installation left these requirements here and its Python still starts."""
    try:
        stamp = json.loads(_STAMP.read_text(encoding="utf-8"))
        started = subprocess.run([_PYTHON, "-c", ""], check=False, capture_output=True)
    except (OSError, ValueError):
        return False
    # A folder moved or copied elsewhere still points at its old place.
    same_place = stamp.get("venv") == str(VENV)
    return same_place and _digest(requirements) in stamp["installed"] and started.returncode == 0


def _digest(requirements: Path) -> str:
    return hashlib.sha256(requirements.read_bytes()).hexdigest()


def _install(requirements: Path) -> None:
    began = time.monotonic()
    if not _usable():
        _make()
    _STAMP.unlink(missing_ok=True)
    count = requirements.read_text(encoding="utf-8").count("==")
    _say(f"Installing {count} packages from {requirements.relative_to(ROOT)} (once)")
    if not any(_run_installer(command, requirements) for command in _installers()):
        sys.exit("The packages could not be installed: see above. Nothing else was started.")
    # The development list holds every line of the other one: tests/run.py checks that.
    installed = {requirements} | ({RUNTIME} if requirements == DEVELOPMENT else set())
    stamp = {"venv": str(VENV), "installed": [_digest(path) for path in sorted(installed)]}
    _STAMP.write_text(json.dumps(stamp), encoding="utf-8")
    _say(f"Environment ready ({time.monotonic() - began:.0f} s)")


def _usable() -> bool:
    try:
        pip = subprocess.run([_PYTHON, "-m", "pip", "--version"], check=False, capture_output=True)
    except OSError:
        return False
    return pip.returncode == 0


def _make() -> None:
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        sys.exit(
            "This Python cannot make environments: its venv module is missing.\n"
            "Debian and Ubuntu keep it in a package: apt-get install python3-venv"
        )
    _say(f"Making the Python environment in {VENV.relative_to(ROOT)}")
    if VENV.exists():
        shutil.rmtree(VENV)
    if subprocess.run([sys.executable, "-m", "venv", VENV], check=False).returncode != 0:
        sys.exit(f"{sys.executable} -m venv {VENV} failed: see above.")


def _installers() -> Iterator[list[str]]:
    """Prefer uv, ten times as fast; pip where it is missing or cannot reach its index."""
    uv = shutil.which("uv")
    if uv:
        yield [uv, "pip", "install", "--quiet", "--python", str(_PYTHON)]
    yield [str(_PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]


def _run_installer(command: list[str], requirements: Path) -> bool:
    hashed = [*command, "--require-hashes", "--no-deps", "-r", str(requirements)]
    return subprocess.run(hashed, check=False).returncode == 0


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two commands started together must not both write the environment."""
    try:
        import fcntl  # noqa: PLC0415 - not on Windows
    except ImportError:
        yield
        return
    folder = os.open(ROOT / "deploy", os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _say(line: str) -> None:
    print(line, flush=True)
