"""Measures residents' pages on PostgreSQL with a thousand rows of the ledger, then a million.

    .venv/bin/python tests/measure_ledger.py

It starts a server of its own and ends it. Each million is told twice: all of it one resident's, and
spread over a thousand accounts. No part of the suite: it takes minutes, and a busy machine's
times say nothing. That the pages' plans go by index is asserted in tests/idp/disclosures.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.databases import postgresql

if TYPE_CHECKING:
    from clients.models import Application
    from tests.accounts.visitor import Visitor

THOUSAND, MILLION = 1_000, 1_000_000
SERVICES, ACCOUNTS, TIMES = 10, 1_000, 41
MOST_STATEMENTS, MOST_RATIO = 10, 1.5

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
    """One page: its statements, and its time in milliseconds while nothing else is in its way."""

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
    small = dict(_pages())
    _fill(others, MILLION // ACCOUNTS)
    spread = dict(_pages())
    _fill([amara.pk], MILLION // SERVICES)
    return _told(small, spread, dict(_pages()))


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


def _pages() -> Iterator[tuple[str, Measured]]:
    from idp.models import Disclosure  # noqa: PLC0415
    from tests.accounts.visitor import Visitor  # noqa: PLC0415

    visitor = Visitor()
    visitor.submit("amara@example.com")
    of_service = Disclosure.objects.filter(
        account__sign_in_name="amara@example.com", application__slug="service-1"
    )
    middle = of_service.order_by("-last_at")[of_service.count() // 2].pk
    for path in (
        "/account/services",
        "/account/services/service-1/given",
        f"/account/services/service-1/given?before={middle}",
        "/account/services/service-1/stop",
    ):
        yield path.partition("=")[0], _page(visitor, path)


def _page(visitor: "Visitor", path: str) -> Measured:
    from django.db import connection  # noqa: PLC0415

    asked: list[str] = []

    def counting(execute: Callable[..., object], sql: str, *rest: object) -> object:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(counting):
        assert visitor.get(path).status_code == 200, path
    times = []
    for _time in range(TIMES):
        began = time.perf_counter()
        visitor.get(path)
        times.append(1000 * (time.perf_counter() - began))
    # The quickest tenth: what else the machine does makes a page slower, never quicker.
    return Measured(len(asked), statistics.quantiles(times, n=10)[0])


def _told(small: dict[str, Measured], spread: dict[str, Measured], own: dict[str, Measured]) -> int:
    fit = True
    sys.stdout.write(f"{'page':45} statements  1,000   1,000,000 spread   1,000,000 of one\n")
    for path, first in small.items():
        ratios = [measured[path].milliseconds / first.milliseconds for measured in (spread, own)]
        most = max(measured[path].statements for measured in (small, spread, own))
        fit = fit and most <= MOST_STATEMENTS and max(ratios) <= MOST_RATIO
        sys.stdout.write(
            f"{path:45} {most:10}  {first.milliseconds:5.1f} ms"
            f"  {spread[path].milliseconds:5.1f} ms (x {ratios[0]:.2f})"
            f"  {own[path].milliseconds:5.1f} ms (x {ratios[1]:.2f})\n"
        )
    return 0 if fit else 1


if __name__ == "__main__":
    sys.exit(main())
