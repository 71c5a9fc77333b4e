"""`python -m tests.accounts.audit.held_open`: seals while a transaction is open after its event.

Seven others record and commit meanwhile. It prints, as JSON, what was sealed then and later.
"""

import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - models load only now

from accounts.audit import keys  # noqa: E402
from accounts.audit.actor import SYSTEM  # noqa: E402
from accounts.audit.events import Event  # noqa: E402
from accounts.audit.operations import About, record  # noqa: E402
from accounts.audit.sealing import operations  # noqa: E402
from accounts.audit.verifying.queries import verify  # noqa: E402

OTHERS = 7
_PATIENCE = 60.0
# Other tests' transactions on the same server may run as long as the longest test.
_MUCH_PATIENCE = 300.0


def _record(reason: str) -> None:
    with transaction.atomic():
        record(Event.SESSION_ENDED, by=SYSTEM, about=About(reason=reason))


def _hold(recorded: threading.Event, release: threading.Event) -> None:
    with closing(connection), transaction.atomic():
        record(Event.SESSION_ENDED, by=SYSTEM, about=About(reason="held"))
        recorded.set()
        release.wait(_PATIENCE)


def _other(number: int) -> float:
    with closing(connection):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET lock_timeout = '1s'")  # whoever waited so long would fail
        began = time.monotonic()
        _record(f"other-{number}")
        return time.monotonic() - began


def _seal_all() -> int:
    """Seal until nothing waits: what others do on the same server ends shortly."""
    deadline, sealed = time.monotonic() + _MUCH_PATIENCE, 0
    while time.monotonic() < deadline:
        sealed += sum(seal.count for seal in operations.seal())
        if not verify(public=keys.public()).unsealed:
            break
        time.sleep(0.1)
    return sealed


def main() -> None:
    """Do it, and say what came of it."""
    _record("before")
    _seal_all()
    recorded, release = threading.Event(), threading.Event()
    if connection.vendor == "sqlite":
        release.set()  # it has one writer: none is held open beside others
    with ThreadPoolExecutor(OTHERS + 1) as pool:
        holder = pool.submit(_hold, recorded, release)
        recorded.wait(_PATIENCE)
        seconds = max(pool.map(_other, range(OTHERS)))
        is_open = not holder.done()
        sealed = sum(seal.count for seal in operations.seal())
        report = verify(public=keys.public())
        release.set()
        holder.result()
    answer = {
        "seconds": round(seconds, 3),
        "while_open": {
            "is_open": is_open,
            "sealed": sealed,
            "unsealed": report.unsealed,
            "findings": len(report.findings),
        },
        "sealed_later": _seal_all(),
        "findings": len(verify(public=keys.public()).findings),
    }
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
