"""The lines that a run prints about its steps."""

import sys
import time


def heading(text: str) -> None:
    """Announce a step that prints for itself."""
    say(f"\n== {text}")


def step(name: str, *, failed: bool, began: float, output: str = "") -> None:
    """Tell how a step ended and how long it took, with its output when it failed."""
    say(f"{'FAILED' if failed else 'ok':<7} {time.monotonic() - began:6.1f} s  {name}")
    if failed and output:
        say(output)


def skipped(name: str, reason: str) -> None:
    """Tell which step was left out and what to do about it."""
    say(f"SKIPPED           {name}: {reason}")


def say(line: str) -> None:
    """Print a line at once, in order with what the tools themselves print."""
    print(line)
    sys.stdout.flush()
