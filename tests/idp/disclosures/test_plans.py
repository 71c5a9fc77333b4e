"""What the ledger's pages read is found by index, however many rows there are."""

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from idp.disclosures import operations, queries
from idp.models import Consent, Disclosure
from tests import factories

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
