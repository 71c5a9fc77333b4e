"""Who leaves loses sessions, roles and what waits within a quarter of an hour."""

import io
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.dispatch import Signal
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.models import AuditEvent, DirectoryLink, Session, StaffMember
from accounts.signals import staff_stopped
from accounts.staff import Role
from accounts.staffing import operations as roles
from accounts.staffing.people import operations as people
from tests.accounts.staffing.desk import SIGN_IN, Desk
from tests.accounts.staffing.directory.fake import FakeDirectory, said, visit
from tests.accounts.staffing.directory.rounds import (
    KEY,
    check,
    check_in_vain,
    employed,
    roles_of,
    says,
)
from tests.factories.authenticators import SoftwareKey

pytestmark = pytest.mark.django_db


def test_whoever_works_here_stays_and_the_token_changes_each_time(
    directory: FakeDirectory,
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        member, desk, _key = employed(directory)
        tokens = {member.directory_link.refresh_token}
        for _round in range(3):
            clock.shift(timedelta(minutes=5))
            (row,) = check()
            assert (row["directory_says"], row["standing"]) == ("stays", "directory_fine")
            assert row["work_email"] == "ada@council.example"
            assert row["roles"] == ["approver (directory)", "auditor (directory)"]
            link = DirectoryLink.objects.get()
            assert link.heard_at == timezone.now()
            tokens.add(link.refresh_token)
        assert len(tokens) == 4
        assert desk.get("/staff").status_code == 200


def test_whoever_left_loses_sessions_and_roles_given_by_hand_too(
    directory: FakeDirectory,
) -> None:
    member, desk, key = employed(directory)
    roles.grant(account=member.account, role=Role.OWNER, by=OPERATOR)
    directory.people.clear()
    assert says() == ["gone"]
    assert roles_of(member) == []
    assert desk.get("/staff").status_code == 302
    assert not Session.objects.filter(ended_at=None).exists()
    answer = Desk().use(key)
    assert "no longer says that you may come in here" in answer.content.decode()
    assert says() == []
    events = AuditEvent.objects.filter(event="account:directory_word:lost")
    assert events.count() == 1


def test_whoever_left_between_the_visit_and_the_key_adds_none_and_gets_no_role(
    directory: FakeDirectory,
) -> None:
    desk = Desk()
    visit(desk, directory, directory.employ("7", "Digital"))
    made = SoftwareKey().make(desk.options(KEY))
    directory.people.clear()
    assert says() == ["gone"]
    assert desk.post(KEY, passkey=made).status_code == 403
    assert desk.post(f"{KEY}/options").status_code == 404
    assert roles_of(StaffMember.objects.get()) == []


def test_a_token_that_was_lost_is_made_good_by_a_visit(directory: FakeDirectory) -> None:
    member, _desk, key = employed(directory)
    directory.instead["/token"] = said(400, {"error": "invalid_grant"})
    assert says() == ["gone"]
    directory.instead.clear()
    assert visit(Desk(), directory)["Location"] == f"{SIGN_IN}?known=yes"
    assert roles_of(member) == ["approver", "auditor"]
    assert Desk().use(key).status_code == 303
    assert StaffMember.objects.count() == 1


def test_whoever_changes_teams_loses_the_roles_of_the_old_one_and_stays_signed_in(
    directory: FakeDirectory,
) -> None:
    member, desk, _key = employed(directory, "7", "Digital", "Contact centre")
    roles.grant(account=member.account, role=Role.OWNER, by=OPERATOR)
    directory.employ("7", "Contact centre", "Digital friends")
    assert says() == ["roles_lost"]
    assert roles_of(member) == ["owner", "support"]
    assert desk.get("/staff").status_code == 200
    assert says() == ["stays"]


@pytest.mark.parametrize("names", [True, False])
def test_groups_that_are_said_no_more_are_lost(directory: FakeDirectory, names: bool) -> None:  # noqa: FBT001
    member, _desk, _key = employed(directory)
    directory.names_in_refresh = names
    directory.people["7"].pop("groups")
    assert says() == ["roles_lost"]
    assert roles_of(member) == []


def test_groups_that_are_too_many_to_say_are_not_lost(directory: FakeDirectory) -> None:
    member, _desk, _key = employed(directory)
    del directory.people["7"]["groups"]
    directory.people["7"]["_claim_names"] = {"groups": "src1"}
    assert [row["directory_says"] for row in check_in_vain()] == ["silent"]
    assert roles_of(member) == ["approver", "auditor"]


def test_a_new_group_gives_its_role_by_a_visit_and_not_by_night(
    directory: FakeDirectory,
) -> None:
    member, _desk, _key = employed(directory)
    roles.revoke(account=member.account, role=Role.APPROVER, by=OPERATOR)
    directory.employ("7", "Digital", "Contact centre")
    assert says() == ["stays"]
    assert roles_of(member) == ["auditor"]


def test_an_answer_about_somebody_else_changes_nothing(directory: FakeDirectory) -> None:
    member, _desk, _key = employed(directory)
    directory.more = {"sub": "8"}
    assert [row["directory_says"] for row in check_in_vain()] == ["silent"]
    assert roles_of(member) == ["approver", "auditor"]


def test_a_token_whose_key_is_lost_is_told_and_throws_nobody_out(
    directory: FakeDirectory,
) -> None:
    employed(directory)
    DirectoryLink.objects.update(refresh_token="gone:x")
    assert [row["directory_says"] for row in check_in_vain()] == ["silent"]


def test_whoever_is_gone_for_a_month_has_left_and_may_come_back_as_somebody_new(
    directory: FakeDirectory,
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        member, _desk, key = employed(directory)
        directory.people.clear()
        check()
        clock.shift(timedelta(days=29))
        call_command("purge_expired", stdout=io.StringIO())
        assert StaffMember.objects.get().left_at is None
        clock.shift(timedelta(days=1))
        call_command("purge_expired", stdout=io.StringIO())
        assert StaffMember.objects.get().left_at is not None
        assert Desk().use(key).status_code == 200
        directory.employ("7", "Digital")
        visit(Desk(), directory)
        assert StaffMember.objects.filter(left_at=None).exclude(pk=member.pk).count() == 1


def test_news_of_it_goes_to_whoever_keeps_what_waits(directory: FakeDirectory) -> None:
    heard: list[Any] = []

    def receive(signal: Signal, **news: Any) -> None:
        del signal
        heard.append((news["account"].pk, news["reason"]))

    member, _desk, _key = employed(directory)
    staff_stopped.connect(receive)
    try:
        directory.people.clear()
        check()
        people.leave(member=member, by=OPERATOR)
    finally:
        staff_stopped.disconnect(receive)
    assert heard == [(member.pk, "left_staff")] * 2


def test_without_a_directory_operators_are_told_what_to_set() -> None:
    with pytest.raises(CommandError, match="BOROUGH_DIRECTORY_ISSUER"):
        check()
