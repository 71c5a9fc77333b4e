"""Operators say who works for the council, and who of the staff may do what."""

from typing import Any

import pytest

from accounts.audit.actor import OPERATOR
from accounts.models import Account, AuditEvent, StaffMember, StaffRole
from accounts.staffing import operations, queries
from accounts.staffing.operations import NotStaffError
from tests import factories
from tests.accounts.post import letters
from tests.commands import refused, run
from tests.factories.authenticators import key_of

pytestmark = pytest.mark.django_db
ADA = "ada@council.example"


@pytest.fixture
def ada() -> StaffMember:
    member = factories.staff_member(address=ADA)
    key_of(member.account)
    return member


def _events() -> list[tuple[str, str]]:
    rows = AuditEvent.objects.filter(event__startswith="account:staff_role")
    return list(rows.order_by("pk").values_list("event", "reason"))


class TestPeople:
    def test_somebody_is_made_listed_and_written_to(self) -> None:
        made = run("staff", "make", ADA, "--name", "Ada Lee", "--team", "Contact centre")
        assert (made["work_email"], made["roles"], made["keys"]) == (ADA, [], 0)
        assert run("staff", "list") == [made]
        assert letters()[-1].to == ADA
        assert "has a staff account" in refused("staff", "make", ADA, "--name", "Ada")[0]

    @pytest.mark.parametrize(
        "address, name, team",
        [
            ("ada", "Ada", ""),
            (f"{'a' * 250}@x.example", "Ada", ""),
            (ADA, "", ""),
            (ADA, "A\u202eda", ""),
            (ADA, "Ada", "\u200b"),
        ],
    )
    def test_what_names_nobody_makes_nobody(self, address: str, name: str, team: str) -> None:
        assert refused("staff", "make", address, "--name", name, "--team", team)[1] == 2
        assert not Account.objects.exists()

    def test_a_new_link_ends_keys_and_roles(self, ada: StaffMember) -> None:
        run("staff", "grant", ADA, "auditor")
        shown = run("staff", "new-link", ADA)
        assert (shown["roles"], shown["keys"]) == ([], 0)
        assert "/staff/first-key/" in letters()[-1].text
        assert _events()[-1] == ("account:staff_role:revoked", "auditor")
        assert ada.account.authenticators.count() == 0

    def test_whoever_leaves_is_nobody_here_any_more(self, ada: StaffMember) -> None:
        run("staff", "grant", ADA, "owner")
        run("staff", "leave", str(ada.pk))
        assert run("staff", "list") == []
        assert not StaffRole.objects.exists()
        for verb in (("leave",), ("new-link",), ("grant", "owner")):
            message, status = refused("staff", verb[0], ADA, *verb[1:])
            assert ("Nobody of the staff" in message, status) == (True, 1)
        account = Account.objects.get()
        assert (account.status, account.closings.get().purged_at) == ("closed", None)
        assert AuditEvent.objects.filter(event="account:staff_account:left").count() == 1


@pytest.mark.usefixtures("ada")
def test_a_role_is_granted_listed_and_revoked() -> None:
    account = Account.objects.get()
    assert run("staff", "grant", ADA, "approver")["roles"] == ["approver"]
    assert queries.has(account, StaffRole.Role.APPROVER)
    assert not queries.has(account, StaffRole.Role.OWNER)
    assert list(queries.holders(StaffRole.Role.APPROVER)) == [account]
    assert [row["work_email"] for row in run("staff", "list", "--role", "approver")] == [ADA]
    assert run("staff", "list", "--role", "auditor") == []
    assert run("staff", "revoke", str(account.pk), "approver")["roles"] == []
    assert not queries.has(account, StaffRole.Role.APPROVER)
    assert _events() == [
        ("account:staff_role:granted", "approver"),
        ("account:staff_role:revoked", "approver"),
    ]


@pytest.mark.usefixtures("ada")
def test_granting_again_is_no_second_fact() -> None:
    run("staff", "grant", ADA, "approver")
    run("staff", "grant", ADA, "approver")
    assert len(_events()) == 1


def test_a_role_waits_for_no_key() -> None:
    factories.staff_member(address=ADA)
    assert "no key yet" in refused("staff", "grant", ADA, "owner")[0]
    assert not _events()


@pytest.mark.parametrize("columns", [{}, {"is_test": True}])
def test_no_residents_account_gets_a_role(columns: dict[str, Any]) -> None:
    account = factories.account(ADA, **columns)
    for reference in (ADA, str(account.pk)):
        assert "Nobody of the staff" in refused("staff", "grant", reference, "owner")[0]
    with pytest.raises(NotStaffError):
        operations.grant(account=account, role=StaffRole.Role.OWNER, by=OPERATOR)
    assert not StaffRole.objects.exists()


@pytest.mark.usefixtures("ada")
def test_who_is_not_there_and_who_has_no_such_role_are_refused() -> None:
    assert "Nobody of the staff" in refused("staff", "grant", "nobody@example.org", "owner")[0]
    assert "does not have" in refused("staff", "revoke", ADA, "owner")[0]
    assert not _events()
