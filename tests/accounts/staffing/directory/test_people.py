"""Whom the directory names in vain: no account is made for them, nor taken for theirs."""

from typing import Any

import pytest

from accounts.audit.actor import OPERATOR
from accounts.models import Account, DirectoryLink
from accounts.staffing.people import operations as people
from tests.accounts.staffing.desk import Desk
from tests.accounts.staffing.directory.fake import (
    FakeDirectory,
    visit,
)
from tests.accounts.staffing.directory.rounds import refused

pytestmark = pytest.mark.django_db


class TestAPerson:
    def test_in_none_of_the_groups_gets_no_account(self, directory: FakeDirectory) -> None:
        directory.employ("7", "Residents", "contact centre")
        refused(visit(Desk(), directory), "no_group")
        assert not Account.objects.exists()

    @pytest.mark.parametrize("groups", [None, {}, 7, {"Digital": True}, [["Digital"]], "Digi"])
    def test_whose_groups_are_none_gets_no_account(
        self, directory: FakeDirectory, groups: object
    ) -> None:
        directory.employ(groups=groups)
        refused(visit(Desk(), directory), "no_group")

    def test_whose_groups_are_too_many_to_name_is_told_so(self, directory: FakeDirectory) -> None:
        directory.employ(groups=None, _claim_names={"groups": "src1"})
        refused(visit(Desk(), directory), "groups_not_said")

    @pytest.mark.parametrize(
        "claims",
        [
            {"email": None},
            {"email": ""},
            {"email": "nobody"},
            {"email": "a\0@council.example"},
            {"email": "a@council.example\nBcc: b@evil.example"},
            {"email": f"{'a' * 250}@council.example"},
            {"email": ["ada@council.example"]},
            {"email_verified": False},
            {"email_verified": "false"},
        ],
    )
    def test_without_a_mailbox_that_counts_gets_no_account(
        self, directory: FakeDirectory, claims: dict[str, Any]
    ) -> None:
        directory.employ(**claims)
        refused(visit(Desk(), directory), "no_mailbox")

    @pytest.mark.parametrize("subject", ["7\0", "s" * 256, "a b", "\ud800", "é"])
    def test_whom_no_row_could_name_gets_no_account(
        self, directory: FakeDirectory, subject: str
    ) -> None:
        directory.employ(subject)
        answer = visit(Desk(), directory, subject)
        assert answer.status_code == 403
        assert not Account.objects.exists()

    @pytest.mark.parametrize("name", [None, "", "\u202eevil", "n" * 300, 7])
    def test_without_a_name_that_can_be_read_is_called_by_the_mailbox(
        self, directory: FakeDirectory, name: object
    ) -> None:
        directory.employ(name=name)
        assert visit(Desk(), directory).status_code == 303
        assert Account.objects.get().full_name == "ada@council.example"

    def test_whose_mailbox_has_an_account_made_by_hand_is_not_taken_for_its_owner(
        self, directory: FakeDirectory
    ) -> None:
        people.make(work_email="Ada@Council.example", name="Ada", team="", by=OPERATOR)
        directory.employ()
        refused(visit(Desk(), directory), "mailbox_taken")
        assert Account.objects.count() == 1

    def test_whose_mailbox_another_of_the_directory_has_is_not_taken_for_them(
        self, directory: FakeDirectory
    ) -> None:
        directory.employ("7")
        directory.employ("8")
        assert visit(Desk(), directory, "7").status_code == 303
        answer = visit(Desk(), directory, "8")
        assert "a staff account with your email address already" in answer.content.decode()
        assert list(DirectoryLink.objects.values_list("subject", flat=True)) == ["7"]

    def test_who_got_the_number_of_somebody_before_gets_nothing_of_theirs(
        self, directory: FakeDirectory
    ) -> None:
        directory.employ("7")
        visit(Desk(), directory)
        directory.employ("7", email="new.starter@council.example", name="New Starter")
        desk = Desk()
        answer = visit(desk, directory)
        assert "another email address" in answer.content.decode()
        assert desk.get("/staff/directory/first-key").status_code == 403
        assert Account.objects.get().full_name == "Ada Lee"
