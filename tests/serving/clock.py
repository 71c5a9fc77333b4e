"""A clock for a provider's processes that a test can put forward, without any of them knowing."""

import os
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

PACKAGE = "libfaketime"
_LIBRARY = "faketime/libfaketimeMT.so.1"


@dataclass
class Clock:
    """The time of every process started with `environment`: the machine's, put forward."""

    file: Path
    ahead: timedelta = field(default=timedelta(0), init=False)

    def __post_init__(self) -> None:
        self._write()

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs in its environment to go by this clock."""
        return {
            "LD_PRELOAD": str(_library()),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            # Read anew at every call: a test must not wait for it.
            "FAKETIME_NO_CACHE": "1",
            "NO_FAKE_STAT": "1",
        }

    def put_forward(self, by: timedelta) -> None:
        """Let this much time pass at once."""
        self.ahead += by
        self._write()

    def _write(self) -> None:
        # In one step: a process may read at any moment.
        new = self.file.with_suffix(".new")
        new.write_text(f"+{int(self.ahead.total_seconds())}\n")
        new.replace(self.file)


def clock_in(folder: Path) -> Clock:
    """Return a clock that shows the machine's time; skip the test where none can be made.

    In CI it fails instead.
    """
    if _library() is None:
        reason = f"{PACKAGE} is missing: apt-get install {PACKAGE}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    return Clock(folder / "clock")


def _library() -> Path | None:
    return next(iter(sorted(Path("/usr/lib").glob(f"*/{_LIBRARY}"))), None)
