#!/usr/bin/env python3
"""Makes the environment with the test tools in it, then runs every check on both databases.

Standard library only. `python3 tests/run.py --help` lists the ways to run a part.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

# Run as a file: the first entry is tests/; the project's folder has to come before all others.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from deploy import environment


def main() -> None:
    """Hand over to the runner inside the environment, as this same process."""
    python = str(environment.ensure(environment.DEVELOPMENT))
    os.chdir(environment.ROOT)
    os.execv(python, [python, "-m", "tests.runner", *sys.argv[1:]])  # noqa: S606 - no shell wanted


if __name__ == "__main__":
    main()
