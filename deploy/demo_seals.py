"""Seals the demonstration's audit log at once and every five minutes, as a timer does elsewhere.

`python -m deploy.demo_seals`; it ends with the demonstration.
"""

import time
from typing import Final

import django
from django.core.management import CommandError, call_command
from django.db import Error, close_old_connections

_EVERY: Final = 5 * 60


def seal() -> None:
    """Seal once; what stands in the way is printed, and the next round tries again."""
    close_old_connections()
    try:
        call_command("audit", "seal")
    except (CommandError, Error) as refused:
        print(f"Not sealed: {refused}", flush=True)


if __name__ == "__main__":
    django.setup()
    while True:
        seal()
        time.sleep(_EVERY)
