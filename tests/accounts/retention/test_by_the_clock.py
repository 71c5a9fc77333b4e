"""Each table ends as it is declared: the clock is moved, or the account is emptied."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import models
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.closing import operations as closings
from accounts.closing.operations import Reason
from accounts.models import Account, DirectoryLink, DirectoryVisit, StaffMember, StaffRole
from accounts.retention import queries
from accounts.retention.operations import empty, purge
from accounts.retention.vocabulary import After, Table, With
from tests import factories
from tests.factories.any_row import any_row, row_of_account

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 7, 1, 11, tzinfo=UTC)
# Of an organisation's people, as long as it takes part.
OF_NO_RESIDENT = {"clients.Application"}


def _ends(table: Table) -> After | None:
    """Return what ends a table's rows by the clock, be it the end of what they go with."""
    while isinstance(table.ends, With):
        parent = table.parent()
        assert parent is not None
        table = queries.table_of(parent)
    return table.ends if isinstance(table.ends, After) else None


ENDING = [table for table in queries.tables() if isinstance(table.ends, After)]
ALONG = [table for table in queries.tables() if isinstance(table.ends, With) and _ends(table)]
OWNED = [table for table in queries.tables() if table.owner]
# Who closes an account stops looking after services that very moment.
GONE_AT_ONCE = {"clients.Member"}
UNTIL_CLOSED = [
    table
    for table in OWNED
    if not _ends(table) and table.model._meta.label not in GONE_AT_ONCE  # noqa: SLF001
]


def label(table: Table) -> str:
    return str(table.model._meta.label)  # noqa: SLF001 - Django's documented API


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


def moment_of(model: type[models.Model], ends: After) -> tuple[dict[str, Any], timedelta]:
    """Return now for the column that it ends by, and the shortest time that this can tell."""
    if isinstance(model._meta.get_field(ends.column), models.DateTimeField):  # noqa: SLF001
        return {ends.column: timezone.now()}, timedelta(seconds=1)
    return {ends.column: timezone.localdate()}, timedelta(days=1)


def exists(row: models.Model) -> bool:
    return type(row)._default_manager.filter(pk=row.pk).exists()  # noqa: SLF001


def test_everything_about_a_person_has_a_proof_here() -> None:
    proved = {label(table) for table in (*ENDING, *ALONG, *OWNED)} | OF_NO_RESIDENT
    assert {label(table) for table in queries.tables() if table.personal} <= proved


@pytest.mark.parametrize("table", ENDING, ids=label)
def test_a_row_is_purged_when_its_time_is_over_and_not_before(
    table: Table, clock: time_machine.Traveller
) -> None:
    assert isinstance(table.ends, After)
    columns, step = moment_of(table.model, table.ends)
    row = any_row(table.model, **columns)
    clock.shift(table.ends.time - step)
    purge(now=timezone.now())
    assert exists(row)
    clock.shift(step)
    assert purge(now=timezone.now())[label(table)] == 1
    assert not exists(row)


@pytest.mark.parametrize("table", ALONG, ids=label)
def test_a_row_goes_with_what_it_hangs_on(table: Table, clock: time_machine.Traveller) -> None:
    assert isinstance(table.ends, With)
    ends, parent = _ends(table), table.parent()
    assert ends is not None
    assert parent is not None
    row = any_row(table.model, **{table.ends.key: any_row(parent, **moment_of(parent, ends)[0])})
    clock.shift(ends.time)
    purge(now=timezone.now())
    assert not exists(row)


def _owner(table: Table) -> Account:
    """Return an account that may have such a row: what is of staff is a staff account's alone."""
    if table.model not in {StaffMember, StaffRole, DirectoryLink, DirectoryVisit}:
        return factories.account()
    member = factories.staff_member()
    StaffMember.objects.filter(pk=member.pk).delete()
    return member.account


@pytest.mark.parametrize("table", OWNED, ids=label)
def test_a_closed_account_is_emptied_of_all_that_is_not_kept(table: Table) -> None:
    account, other = _owner(table), _owner(table)
    row, others = row_of_account(table, account), row_of_account(table, other)
    before, of_other = values(table, row), values(table, others)

    empty(account=account)

    assert values(table, others) == of_other
    assert exists(row) is not table.goes_at_closing
    if exists(row):
        after = values(table, row)
        kept = {column.name for column in table.kept}
        assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
        for column in table.personal:
            if column not in table.kept and not hasattr(column.emptied, "resolve_expression"):
                assert after[column.name] == column.empty_value(table.model), column.name


@pytest.mark.parametrize("table", UNTIL_CLOSED, ids=label)
def test_what_has_no_time_of_its_own_goes_once_nobody_can_have_the_account_back(
    table: Table, clock: time_machine.Traveller
) -> None:
    account = _owner(table)
    row = row_of_account(table, account)
    closings.close_by_operator(account=account, reason=Reason.OPERATOR, case="C-1", by=OPERATOR)
    before = values(table, row)
    clock.shift(settings.CLOSED_FOR - timedelta(seconds=1))
    call_command("purge_expired", verbosity=0, stdout=StringIO())
    assert values(table, row) == before
    clock.shift(timedelta(seconds=1))
    call_command("purge_expired", verbosity=0, stdout=StringIO())
    assert exists(row) is not table.goes_at_closing
    if exists(row):
        after = values(table, row)
        emptied = [column for column in table.personal if column not in table.kept]
        for column in emptied:
            if not hasattr(column.emptied, "resolve_expression"):
                assert after[column.name] == column.empty_value(table.model), column.name


def values(table: Table, row: models.Model) -> dict[str, Any]:
    row.refresh_from_db()
    names = [column.name for column in table.columns]
    fields = [table.model._meta.get_field(name) for name in names]  # noqa: SLF001
    return {
        field.name: getattr(row, field.attname)
        for field in fields
        if isinstance(field, models.Field)
    }


def test_nothing_that_somebody_typed_is_left_in_an_emptied_account() -> None:
    account = factories.account(
        "ann@example.org", former_name="Ann Before", password="purple kettle marathon"
    )
    factories.session(account)
    empty(account=account)
    row = Account.objects.get(pk=account.pk)
    assert (row.sign_in_name, row.full_name, row.former_name) == (row.sign_in_key, "", "")
    assert not row.has_password
    assert not row.email_addresses.exists()
    assert not row.sessions.exists()
    # Whoever takes the name next is another person.
    assert factories.account("ann@example.org").pk != row.pk


def test_what_hangs_on_a_row_keeps_it() -> None:
    now = timezone.now()
    long_ago = now - timedelta(days=4000)
    session = factories.session(factories.account(), expires_at=long_ago)
    application = factories.application()
    issued = factories.grant(application, session=session)
    purge(now=now)
    assert exists(session)
    issued.grant.delete()
    purge(now=now)
    assert not exists(session)
