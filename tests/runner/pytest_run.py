"""One run of pytest against one database."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.environment import ROOT
from tests.runner import beside, counting, report
from tests.runner.counts import FAILED, Counts

_NO_TEST_COLLECTED = 5


@dataclass(frozen=True)
class Run:
    """A pytest that was started and may still be running."""

    name: str
    process: "subprocess.Popen[bytes]"
    counts_file: Path
    printed: Path | None
    began: float

    def finish(self) -> Counts:
        """Wait for its end, print what it kept back, and return what it counted."""
        if self.printed:
            self.process.wait()
            report.heading(f"pytest on {self.name}")
            report.say(self.printed.read_text(encoding="utf-8", errors="replace"))
        counts = read_counts(self.counts_file, self.process.wait())
        report.step(f"pytest on {self.name}: {counts}", failed=counts.failed > 0, began=self.began)
        return counts


@contextmanager
def started(
    name: str,
    arguments: list[str],
    *,
    database_url: str | None = None,
    shares: Sequence[str] = (),
) -> Iterator[Run]:
    """Yield a run against one database.

    `shares` says which of the runs side by side it is, each of which leaves tests to the others.
    Those on PostgreSQL keep back what they print until they are finished.

    A run left early, as by Ctrl-C, first ends what it started itself.
    """
    aside = bool(shares) and beside.SQLITE not in shares
    if not aside:
        report.heading(f"pytest on {name}")
    with tempfile.TemporaryDirectory() as folder:
        counts_file, printed = Path(folder) / "counts.json", Path(folder) / "printed"
        environment = os.environ | {counting.VARIABLE: str(counts_file)}
        if database_url:
            environment["BOROUGH_DATABASE_URL"] = database_url
        command = [sys.executable, "-m", "pytest", "-p", "tests.runner.counting"]
        if shares:
            command += ["-p", "tests.runner.beside", *(f"--share={share}" for share in shares)]
        # Each has a folder of its own for what browsers leave behind: Playwright empties it first.
        command += ["--output", f"test-results/{name.lower().replace(' ', '-')}"]
        command += ["--continue-on-collection-errors", *arguments]
        with printed.open("wb") as output:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                stdout=output if aside else None,
                stderr=subprocess.STDOUT if aside else None,
            )
        try:
            yield Run(name, process, counts_file, printed if aside else None, time.monotonic())
        finally:
            if process.poll() is None:
                process.terminate()
            process.wait()


def read_counts(counts_file: Path, code: int) -> Counts:
    """Return a run's counts; one that ends badly without a failed test has failed all the same."""
    if not counts_file.exists():
        return FAILED
    counts = Counts(**json.loads(counts_file.read_text(encoding="utf-8")))
    if code not in {0, _NO_TEST_COLLECTED} and counts.failed == 0:
        return counts + FAILED
    return counts
