"""The mailed link by which somebody new of the staff adds a first key."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings

from accounts.audit.actor import OPERATOR
from accounts.models import Account, AuditEvent, Authenticator, Session, StaffMember, StaffRole
from accounts.staff import Role
from accounts.staffing import operations as roles
from accounts.staffing.people import operations
from tests import factories
from tests.accounts.post import letters
from tests.accounts.staffing.desk import Desk, newest_link
from tests.accounts.staffing.test_entry import NOON
from tests.factories.authenticators import Manner, SoftwareKey

pytestmark = pytest.mark.django_db


def _made(address: str = "ada@council.example") -> StaffMember:
    return operations.make(work_email=address, name="Ada Council", team="Desk", by=OPERATOR)


def _keys(member: StaffMember) -> int:
    return Authenticator.objects.filter(account=member.pk).count()


def test_the_link_lets_a_first_key_in_and_its_owner_with_it() -> None:
    member, desk = _made(), Desk()
    link = newest_link()
    assert "Ada Council" in desk.get(link).content.decode()
    assert _keys(member) == 0
    assert desk.enrol(link, key := SoftwareKey())["Location"] == "/staff"
    assert "You can do nothing here yet" in desk.get("/staff").content.decode()
    assert Desk().use(key).status_code == 303
    told = letters()[-1]
    assert (told.to, "keys" in told.subject) == ("ada@council.example", True)
    assert _events(member) == ["done", "sent"]


def _events(member: StaffMember) -> list[str]:
    rows = AuditEvent.objects.filter(account_id=member.pk, event__startswith="account:staff_enrol")
    return sorted(row.event.rpartition(":")[2] for row in rows)


def test_it_lets_nobody_in_again() -> None:
    member = _made()
    link = newest_link()
    Desk().enrol(link)
    thief = Desk()
    shown = thief.get(link)
    assert shown.status_code == 404
    assert "If it was not you who added a key" in shown.content.decode()
    assert thief.post(f"{link}/options").status_code == 404
    assert _keys(member) == 1


def test_of_two_browsers_that_opened_it_one_alone_adds_a_key() -> None:
    member = _made()
    link = newest_link()
    first, second, keys = Desk(), Desk(), [SoftwareKey(), SoftwareKey()]
    answers = [
        key.make(desk.options(link)) for desk, key in zip((first, second), keys, strict=True)
    ]
    assert first.post(link, passkey=answers[0]).status_code == 303
    assert second.post(link, passkey=answers[1]).status_code == 404
    assert _keys(member) == 1
    assert Session.objects.count() == 1


def test_it_ends_after_a_day() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        member = _made()
        link = newest_link()
        clock.shift(settings.STAFF_LINK_LIFETIME - timedelta(seconds=1))
        assert Desk().get(link).status_code == 200
        clock.shift(timedelta(seconds=1))
        assert "too old" in Desk().get(link).content.decode()
        assert Desk().post(link, passkey="{}").status_code == 404
        assert _keys(member) == 0


def test_a_newer_one_takes_its_place() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        member = _made()
        link = newest_link()
        clock.shift(timedelta(minutes=1))
        operations.send_link(member=member, by=OPERATOR)
        newer = newest_link()
        assert "newer email" in Desk().get(link).content.decode()
        assert Desk().enrol(newer).status_code == 303


def test_a_new_link_takes_away_what_a_stolen_one_opened() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        member, thief, stolen = _made(), Desk(), SoftwareKey()
        thief.enrol(newest_link(), stolen)
        roles.grant(account=member.account, role=Role.SUPPORT, by=OPERATOR)
        clock.shift(timedelta(minutes=1))
        operations.send_link(member=member, by=OPERATOR)
        assert thief.get("/staff").status_code == 302
        assert thief.use(stolen).status_code == 200
        assert not StaffRole.objects.exists()
        assert Desk().enrol(newest_link()).status_code == 303


def test_a_role_never_waits_for_whoever_opens_the_link() -> None:
    member = _made()
    with pytest.raises(roles.NoKeyError):
        roles.grant(account=member.account, role=Role.OWNER, by=OPERATOR)
    assert not StaffRole.objects.exists()


def test_nobody_who_left_comes_back_by_an_old_link() -> None:
    member = _made()
    link = newest_link()
    operations.leave(member=member, by=OPERATOR)
    assert Desk().get(link).status_code == 404
    assert Desk().post(link, passkey="{}").status_code == 404


def test_a_link_that_is_none_lets_nobody_in() -> None:
    _made()
    for token in ("t" * 43, "x"):
        assert Desk().get(f"/staff/first-key/{token}").status_code == 404


@pytest.mark.parametrize("manner", [Manner(verified=False), Manner(origin="https://evil.example")])
def test_a_key_that_will_not_do_leaves_the_link_as_it_was(manner: Manner) -> None:
    member, desk = _made(), Desk()
    link = newest_link()
    answer = desk.post(link, passkey=SoftwareKey().make(desk.options(link), manner))
    assert answer.status_code == 200
    assert "Error:" in answer.content.decode()
    assert _keys(member) == 0
    assert desk.enrol(link).status_code == 303


def test_a_key_made_elsewhere_or_for_another_account_is_none() -> None:
    member, other, desk = _made(), _made("bob@council.example"), Desk()
    link = newest_link()
    made = SoftwareKey().make(Desk().options(link))
    assert desk.post(link, passkey=made).status_code == 200
    assert _keys(member) == _keys(other) == 0


class TestOneAccountAMailbox:
    def test_a_second_is_refused(self) -> None:
        _made()
        with pytest.raises(operations.AlreadyStaffError):
            _made("Ada@Council.example")
        assert Account.objects.count() == 1

    def test_a_resident_of_the_same_mailbox_is_no_hindrance_and_hears_of_nothing(self) -> None:
        resident = factories.account("ada@council.example")
        member = _made()
        assert member.pk != resident.pk

    def test_whoever_comes_back_begins_anew(self) -> None:
        member = _made()
        operations.leave(member=member, by=OPERATOR)
        again = _made()
        assert again.pk != member.pk
