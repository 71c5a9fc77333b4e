"""What the ledger's pages read is found by index, however many rows there are."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from idp.disclosures import operations, queries
from idp.models import Consent, Disclosure
from tests import factories
from tests.accounts.visitor import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement() -> Consent:
    return factories.consent(factories.account("amara@example.com"), factories.application())


def plan(rows: QuerySet[Consent] | QuerySet[Disclosure]) -> str:
    if connection.vendor == "postgresql":
        # With few rows it would rather read them all.
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
    return rows.explain()


def test_the_newest_rows_come_by_index_in_order(agreement: Consent) -> None:
    operations.note(
        consent=agreement, endpoint=Disclosure.Endpoint.TOKEN, claims={"sub"}, at=timezone.now()
    )
    newest = queries.to(agreement.application, agreement.account)
    for rows in (newest[:20], queries.older_than(Disclosure.objects.get(), newest)[:20]):
        assert "disclosure_newest_first" in plan(rows)
        assert "Sort" not in plan(rows)
        assert "TEMP B-TREE" not in plan(rows)


def test_the_last_use_comes_by_index(agreement: Consent) -> None:
    rows = Consent.objects.filter(pk=agreement.pk).annotate(last_use=queries.last_use())
    assert "disclosure_newest_first" in plan(rows)


@pytest.mark.parametrize(
    "path",
    [
        "/account/services",
        "/account/services/council-tax",
        "/account/services/council-tax/given",
        "/account/services/council-tax/given?before={row}",
        "/account/services/council-tax/stop",
        "/account/services/council-tax/receipts",
        "/account/services/council-tax/receipts?before={receipt}",
        "/account/services/council-tax/receipts/{receipt}",
        "/account/services/council-tax/receipts/{receipt}/file",
    ],
)
def test_no_statement_of_a_page_reads_a_whole_table(path: str) -> None:
    account = factories.account("amara@example.com", password=factories.PASSWORD)
    agreement = factories.consent(account, factories.application(slug="council-tax"))
    for day in range(3):
        at = timezone.now() - timedelta(days=day)
        operations.note(
            consent=agreement, endpoint=Disclosure.Endpoint.TOKEN, claims={"sub"}, at=at
        )
    factories.signing_keys()
    browser = Visitor()
    browser.submit(account.sign_in_name)
    with CaptureQueriesContext(connection) as captured:
        row = Disclosure.objects.order_by("-last_at")[0].pk
        assert browser.get(path.format(row=row, receipt=agreement.pk)).status_code == 200
    selects = [query["sql"] for query in captured if query["sql"].startswith("SELECT")]
    assert 0 < len(selects) <= 10
    for sql in selects[1:]:
        assert not WHOLE.search(explained(sql)), sql


# What grows with residents and with time; a scan of an index is none of a table.
WHOLE = re.compile(r"(?:Seq Scan on|SCAN) (?:idp|accounts)_\w+(?! USING)\b")


def explained(sql: str) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # With few rows it would rather read them all.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {sql}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(str(line) for line in cursor.fetchall())
