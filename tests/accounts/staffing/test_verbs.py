"""Operators say who of the staff may do what."""

import pytest

from accounts.models import AuditEvent, StaffRole
from accounts.staffing import queries
from tests import factories
from tests.commands import refused, run

pytestmark = pytest.mark.django_db


def _events() -> list[tuple[str, str]]:
    rows = AuditEvent.objects.filter(event__startswith="account:staff_role")
    return list(rows.order_by("pk").values_list("event", "reason"))


def test_a_role_is_granted_listed_and_revoked() -> None:
    account = factories.account()
    name = account.sign_in_name
    assert run("staff", "grant", name, "approver")["roles"] == ["approver"]
    assert queries.has(account, StaffRole.Role.APPROVER)
    assert not queries.has(account, StaffRole.Role.OWNER)
    assert list(queries.holders(StaffRole.Role.APPROVER)) == [account]
    assert [row["sign_in_name"] for row in run("staff", "list")] == [name]
    assert run("staff", "list", "--role", "auditor") == []
    assert run("staff", "revoke", str(account.pk), "approver")["roles"] == []
    assert not queries.has(account, StaffRole.Role.APPROVER)
    assert _events() == [
        ("account:staff_role:granted", "approver"),
        ("account:staff_role:revoked", "approver"),
    ]


def test_granting_again_is_no_second_fact() -> None:
    name = factories.account().sign_in_name
    run("staff", "grant", name, "approver")
    run("staff", "grant", name, "approver")
    assert len(_events()) == 1


def test_a_test_account_is_refused_in_words() -> None:
    account = factories.account(is_test=True)
    message, status = refused("staff", "grant", account.sign_in_name, "approver")
    assert "test account" in message
    assert status == 1
    assert not StaffRole.objects.exists()
    assert not _events()


@pytest.mark.parametrize("status", ["suspended", "frozen", "closed"])
def test_an_account_that_cannot_sign_in_gets_no_role(status: str) -> None:
    account = factories.account(status=status)
    message, _status = refused("staff", "grant", account.sign_in_name, "owner")
    assert status in message


def test_who_is_not_there_and_who_has_no_such_role_are_refused() -> None:
    assert "no account" in refused("staff", "grant", "nobody@example.org", "owner")[0]
    name = factories.account().sign_in_name
    assert "does not have" in refused("staff", "revoke", name, "owner")[0]
    assert not _events()
