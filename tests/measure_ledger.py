"""Measures residents' pages on PostgreSQL with a thousand rows of the ledger, then a million.

    .venv/bin/python tests/measure_ledger.py

It starts a server of its own and ends it. A million is measured twice: spread over a thousand
accounts, and all of it one resident's. The databases are asked in turn, so that whatever else the
machine does slows all alike. No part of the suite: it takes minutes. That the pages' plans go by
index is asserted in tests/idp/disclosures.
"""

import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.databases import postgresql

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from clients.models import Application
    from tests.accounts.visitor import Visitor

THOUSAND, MILLION = 1_000, 1_000_000
SERVICES, ACCOUNTS, TIMES = 10, 1_000, 41
MOST_STATEMENTS, MOST_RATIO = 10, 1.5
PAGES = (
    "/account/services",
    "/account/services/service-1/given",
    "/account/services/service-1/given?before={middle}",
    "/account/services/service-1/stop",
    "/account/services/service-1/receipts",
    "/account/services/service-1/receipts/{receipt}",
)

# Rows of these agreements in turn, a day and a set of details each.
_ROWS = """
INSERT INTO idp_disclosure
    (account_id, application_id, consent_id, endpoint, claims, day, count, last_at)
SELECT account_id, application_id, id, 'userinfo', 'sub name' || (number / 700),
       current_date - (number %% 700), 1, now() - (number %% 700) * interval '1 day'
FROM (SELECT id, account_id, application_id, row_number() OVER (ORDER BY id) - 1 AS place
      FROM idp_consent WHERE account_id = ANY(%s)) AS agreement,
     generate_series(0, %s) AS number
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True)
class Measured:
    """One reading of a page: its statements, and its time in milliseconds."""

    statements: int
    milliseconds: float


def main() -> int:
    """Print a table and say whether everything is within its limits."""
    with postgresql.running() as url:
        os.environ["BOROUGH_DATABASE_URL"] = url
        import django  # noqa: PLC0415

        import tests.environment  # noqa: F401, PLC0415 - settings are read after the address is known

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415
        from django.test.utils import setup_test_environment  # noqa: PLC0415

        setup_test_environment()
        call_command("migrate", verbosity=0)
        return _measured()


def _measured() -> int:
    from tests import factories  # noqa: PLC0415

    amara = factories.account("amara@example.com", password=factories.PASSWORD)
    services = [factories.application(slug=f"service-{n}") for n in range(SERVICES)]
    for service in services:
        factories.consent(amara, service)
    others = [factories.account(f"r{n}@example.com").pk for n in range(ACCOUNTS)]
    _agree(others, services[0])
    _fill([amara.pk], THOUSAND // SERVICES)
    _copy_to("small")
    _fill(others, MILLION // ACCOUNTS)
    _copy_to("spread")
    _fill([amara.pk], MILLION // SERVICES)
    _copy_to("own")
    return _told(*map(_Browser, ("small", "spread", "own")))


def _agree(accounts: list[UUID], service: "Application") -> None:
    from django.conf import settings  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from idp.models import Consent  # noqa: PLC0415

    now = timezone.now()
    ends = now + settings.CONSENT_LIFETIME
    Consent.objects.bulk_create(
        Consent(
            account_id=account,
            application=service,
            scopes=["openid"],
            claims=["sub"],
            granted_at=now,
            expires_at=ends,
        )
        for account in accounts
    )


def _fill(accounts: list[UUID], rows_each: int) -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [accounts, rows_each - 1])
        cursor.execute("ANALYZE")


def _copy_to(name: str) -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE postgres")
    connection.close()


class _Browser:
    """A resident's browser at one of the databases, in a process of its own."""

    def __init__(self, database: str) -> None:
        context = multiprocessing.get_context("fork")
        self._pipe, theirs = context.Pipe()
        context.Process(target=_browse, args=(database, theirs), daemon=True).start()

    def read(self, page: str) -> Measured:
        self._pipe.send(page)
        return cast("Measured", self._pipe.recv())


def _browse(database: str, pipe: "Connection") -> None:
    from django.db import connection  # noqa: PLC0415

    from idp.models import Disclosure  # noqa: PLC0415
    from tests.accounts.visitor import Visitor  # noqa: PLC0415

    connection.settings_dict["NAME"] = database
    visitor = Visitor()
    visitor.submit("amara@example.com")
    mine = Disclosure.objects.filter(account__sign_in_name="amara@example.com")
    rows = mine.filter(application__slug="service-1").order_by("-last_at")
    middle, receipt = rows[rows.count() // 2].pk, rows[0].consent_id
    while True:
        pipe.send(_read(visitor, pipe.recv().format(middle=middle, receipt=receipt)))


def _read(visitor: "Visitor", path: str) -> Measured:
    from django.db import connection  # noqa: PLC0415

    asked: list[str] = []

    def counting(execute: Callable[..., object], sql: str, *rest: object) -> object:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(counting):
        began = time.perf_counter()
        assert visitor.get(path).status_code == 200, path
        return Measured(len(asked), 1000 * (time.perf_counter() - began))


def _told(*browsers: _Browser) -> int:
    fit = True
    sys.stdout.write(f"{'page':48} statements  1,000    1,000,000 spread  1,000,000 of one\n")
    for page in PAGES:
        rounds = [[browser.read(page) for browser in browsers] for _round in range(TIMES)]
        small, spread, own = (
            statistics.median(measured.milliseconds for measured in column)
            for column in zip(*rounds, strict=True)
        )
        most = max(measured.statements for row in rounds for measured in row)
        fit = fit and most <= MOST_STATEMENTS and max(spread, own) <= MOST_RATIO * small
        sys.stdout.write(
            f"{page:48} {most:10}  {small:5.1f} ms  {spread:5.1f} ms (x {spread / small:.2f})"
            f"  {own:5.1f} ms (x {own / small:.2f})\n"
        )
    return 0 if fit else 1


if __name__ == "__main__":
    sys.exit(main())
