"""`manage.py account close` and `account reopen`."""

import pytest
from django.conf import settings
from django.utils import timezone
from pytest_django import Settings

from accounts.audit.actor import OPERATOR, resident
from accounts.closing.due import close_due
from accounts.closing.operations import NotReopenedError, ask_by_owner, reopen
from accounts.closing.rules import Refusal
from accounts.models import Account, AccountClosing, AuditEvent
from accounts.suspension.operations import reinstate, suspend
from idp.checks.registry import borough_rules
from tests import factories
from tests.commands import refused, run

pytestmark = pytest.mark.django_db
CASE = ("--case", "C-77")


@pytest.fixture
def ann() -> Account:
    return factories.account("ann@example.org", password=factories.PASSWORD)


def close(*options: str, reason: str = "resident") -> dict[str, object]:
    return dict(run("account", "close", "ann@example.org", "--reason", reason, *CASE, *options))


def test_closed_for_its_owner_it_waits_and_the_case_is_on_record(ann: Account) -> None:
    row = close()
    assert (row["status"], row["closed_at"]) == ("active", None)
    fact = AuditEvent.objects.get(event="account:closing:asked")
    assert (fact.case_reference, fact.account_id) == ("C-77", ann.pk)
    assert fact.actor_kind == "operator"


def test_closed_at_once_and_given_back(ann: Account) -> None:
    assert close("--now", reason="operator")["status"] == "closed"
    row = run("account", "reopen", str(ann.pk), *CASE)
    assert row["status"] == "active"
    assert AuditEvent.objects.get(event="account:account:reopened").case_reference == "C-77"


def test_a_closing_that_waits_is_seen_and_taken_back(ann: Account) -> None:
    closes_at = close()["closes_at"]
    assert run("account", "show", str(ann.pk))["closes_at"] == closes_at
    row = run("account", "reopen", str(ann.pk), *CASE)
    assert row["status"] == "active"
    assert row["cancelled_at"] is not None
    assert run("account", "show", str(ann.pk))["closes_at"] is None
    fact = AuditEvent.objects.get(event="account:closing:cancelled")
    assert (fact.case_reference, fact.actor_kind) == ("C-77", "operator")


def test_what_is_open_is_not_opened_and_what_is_closed_not_closed(ann: Account) -> None:
    assert "not closed" in refused("account", "reopen", str(ann.pk), *CASE)[0]
    close("--now")
    again = ("account", "close", str(ann.pk), "--reason", "resident", *CASE)
    assert "is closed" in refused(*again)[0]


def test_a_suspended_account_is_not_closed_so_that_its_owner_could_open_it(ann: Account) -> None:
    suspend(account=ann, by=OPERATOR)
    again = ("account", "close", str(ann.pk), "--reason", "resident", "--now", *CASE)
    assert "suspended" in refused(*again)[0]


@pytest.mark.parametrize("options", [(), ("--now",)])
def test_closed_at_the_council_s_wish_its_owner_opens_it_no_more_though_they_had_asked_too(
    ann: Account, options: tuple[str, ...]
) -> None:
    ask_by_owner(session=factories.session(ann), by=resident(ann))
    suspend(account=ann, by=OPERATOR)

    close(*options, reason="operator")
    close_at_once(ann)

    with pytest.raises(NotReopenedError) as refused:
        reopen(account=ann, by=resident(ann))
    assert refused.value.reason is Refusal.NOT_ITS_OWNERS
    facts = AuditEvent.objects.filter(event="account:closing:asked").order_by("pk")
    assert [(fact.reason, fact.case_reference) for fact in facts] == [
        ("resident", ""),
        ("operator", "C-77"),
    ]


def close_at_once(account: Account) -> None:
    account.refresh_from_db()
    if account.status != Account.Status.CLOSED:
        reinstate(account=account, by=OPERATOR)
        close_due(now=timezone.now() + settings.CLOSING_WAIT)


def test_what_the_council_closes_stays_so_though_its_owner_asks_too(ann: Account) -> None:
    close(reason="operator")
    ask_by_owner(session=factories.session(ann), by=resident(ann))
    assert AccountClosing.objects.get().reason == "operator"


def test_no_account_no_closing() -> None:
    for verb in (("close", "x", "--reason", "resident"), ("reopen", "x")):
        assert "no account 'x'" in refused("account", *verb, *CASE)[0]


@pytest.mark.parametrize("years, ids", [(-1, {"E110"}), (0, set()), (4, {"E110"}), (5, set())])
def test_the_server_does_not_start_with_fewer_than_five_years(
    settings: Settings, years: int, ids: set[str]
) -> None:
    settings.UNUSED_YEARS = years
    found = {str(message.id).removeprefix("borough.") for message in borough_rules()}
    assert {each for each in found if each.startswith("E11")} == ids


@pytest.mark.parametrize(
    "years, closing_years, ids",
    [
        (5, 0, set()),
        (5, 5, set()),
        (5, 7, set()),
        (7, 5, {"E113"}),
        (5, 4, {"E113"}),
        (0, 5, {"E113"}),
        (4, 4, {"E110", "E113"}),
        (5, -5, {"E113"}),
    ],
)
def test_nor_where_the_clock_would_close_before_anybody_was_reminded(
    settings: Settings, years: int, closing_years: int, ids: set[str]
) -> None:
    settings.UNUSED_YEARS, settings.UNUSED_CLOSING_YEARS = years, closing_years
    found = {str(message.id).removeprefix("borough.") for message in borough_rules()}
    assert {each for each in found if each.startswith("E11")} == ids


def test_nor_with_a_closing_that_nobody_could_notice_or_undo(settings: Settings) -> None:
    settings.CLOSING_WAIT /= 8
    settings.CLOSED_FOR /= 4
    assert {"borough.E111", "borough.E112"} <= {str(message.id) for message in borough_rules()}
