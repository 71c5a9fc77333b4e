"""A visit to the council's directory: a staff account, a first key, roles by its groups."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
import time_machine

from accounts.audit.actor import OPERATOR
from accounts.models import (
    AuditEvent,
    Authenticator,
    DirectoryLink,
    DirectoryVisit,
    OutboundMessage,
    Session,
    StaffMember,
    StaffRole,
)
from accounts.staff import Role
from accounts.staffing import operations as roles
from accounts.staffing.people import operations as people
from tests import factories
from tests.accounts.staffing.desk import SIGN_IN, Desk
from tests.accounts.staffing.directory.fake import FakeDirectory, visit
from tests.accounts.staffing.directory.rounds import KEY, add_key
from tests.accounts.staffing.test_entry import NOON
from tests.factories.authenticators import Manner, SoftwareKey

pytestmark = pytest.mark.django_db


def _roles(member: StaffMember) -> dict[str, str]:
    rows = StaffRole.objects.filter(account=member.pk).order_by("role")
    return {row.role: row.source for row in rows}


def test_without_a_directory_there_is_nothing_of_it() -> None:
    desk = Desk()
    assert "directory" not in desk.get(SIGN_IN).content.decode()
    for path in ("/staff/directory", "/staff/directory/callback", KEY):
        assert desk.get(path).status_code == 404
    assert desk.post(f"{KEY}/options").status_code == 404


def test_a_first_visit_makes_an_account_without_roles_and_lets_a_first_key_in(
    directory: FakeDirectory,
) -> None:
    directory.employ("7", "Digital", "Anglers")
    desk = Desk()
    assert "Go to the directory" in desk.get(SIGN_IN).content.decode()
    assert visit(desk, directory)["Location"] == KEY
    member = StaffMember.objects.get()
    assert (member.work_email, member.account.full_name) == ("ada@council.example", "Ada Lee")
    assert _roles(member) == {}
    assert not Session.objects.exists()
    assert not OutboundMessage.objects.exists()
    assert "Ada Lee" in desk.get(KEY).content.decode()
    answer = add_key(desk, key := SoftwareKey())
    assert answer["Location"] == "/staff"
    assert _roles(member) == {"approver": "directory", "auditor": "directory"}
    assert "Approver" in desk.get("/staff").content.decode()
    assert Desk().use(key).status_code == 303
    assert not DirectoryVisit.objects.exists()


def test_the_directory_is_asked_with_all_that_keeps_the_answer_to_this_browser(
    directory: FakeDirectory,
) -> None:
    desk = Desk()
    asked = dict(parse_qsl(urlsplit(desk.get("/staff/directory")["Location"]).query))
    assert asked["redirect_uri"] == "http://localhost:8000/staff/directory/callback"
    assert (asked["response_type"], asked["prompt"]) == ("code", "login")
    assert asked["code_challenge_method"] == "S256"
    assert asked["scope"].split()[0] == "openid"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    row = DirectoryVisit.objects.get()
    kept = f"{row.state_hash} {row.secrets} {row.browser_hash}"
    assert asked["state"] not in kept
    assert asked["nonce"] not in kept
    del directory


def test_what_is_kept_to_ask_again_cannot_be_read(directory: FakeDirectory) -> None:
    directory.employ()
    visit(Desk(), directory)
    assert "refresh" not in DirectoryLink.objects.get().refresh_token


def test_another_visit_leads_whoever_has_a_key_to_their_key_and_renews_roles(
    directory: FakeDirectory,
) -> None:
    directory.employ("7", "Digital")
    first = Desk()
    visit(first, directory)
    add_key(first, key := SoftwareKey())
    member = StaffMember.objects.get()
    roles.grant(account=member.account, role=Role.OWNER, by=OPERATOR)
    directory.employ("7", "Contact centre")
    desk = Desk()
    answer = visit(desk, directory)
    assert answer["Location"] == f"{SIGN_IN}?known=yes"
    assert "use your key now" in desk.get(answer["Location"]).content.decode()
    assert _roles(member) == {"owner": "hand", "support": "directory"}
    # The directory alone never signs anybody in, nor lets a second key in.
    assert desk.get(KEY).status_code == 403
    assert desk.get("/staff").status_code == 302
    assert desk.use(key).status_code == 303
    assert StaffMember.objects.count() == 1


def test_a_visit_that_was_not_ended_goes_on_in_the_next(directory: FakeDirectory) -> None:
    directory.employ()
    visit(Desk(), directory)
    desk = Desk()
    visit(desk, directory)
    add_key(desk)
    assert StaffMember.objects.count() == 1
    assert Authenticator.objects.count() == 1


def test_a_role_given_by_hand_stays_when_the_directory_gives_it_no_more(
    directory: FakeDirectory,
) -> None:
    directory.employ("7", "Digital")
    desk = Desk()
    visit(desk, directory)
    add_key(desk)
    member = StaffMember.objects.get()
    roles.grant(account=member.account, role=Role.AUDITOR, by=OPERATOR)
    directory.employ("7", "Contact centre")
    visit(Desk(), directory)
    assert _roles(member) == {"auditor": "hand", "support": "directory"}


class TestTheFirstKey:
    def test_is_let_in_for_ten_minutes(self, directory: FakeDirectory) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            directory.employ()
            desk = Desk()
            visit(desk, directory)
            made = SoftwareKey().make(desk.options(KEY))
            clock.shift(timedelta(minutes=10))
            answer = desk.post(KEY, passkey=made)
            assert answer.status_code == 403
            assert "time to add a key is over" in answer.content.decode()
            assert desk.post(f"{KEY}/options").status_code == 404
            assert not Authenticator.objects.exists()

    def test_is_let_in_to_the_browser_that_made_the_visit_alone(
        self, directory: FakeDirectory
    ) -> None:
        directory.employ()
        desk, other = Desk(), Desk()
        visit(desk, directory)
        made = SoftwareKey().make(desk.options(KEY))
        assert other.get(KEY).status_code == 403
        assert other.post(KEY, passkey=made).status_code == 403
        assert other.post(f"{KEY}/options").status_code == 404

    def test_is_let_in_no_more_once_somebody_else_goes_to_the_directory_there(
        self, directory: FakeDirectory
    ) -> None:
        directory.employ("7", "Digital")
        desk = Desk()
        visit(desk, directory)
        made = SoftwareKey().make(desk.options(KEY))
        # Whoever has a key gets to the sign-in, whoever has no group nowhere.
        directory.employ("8", "Canteen", email="bo@council.example")
        visit(desk, directory, "8")
        assert desk.get(KEY).status_code == 403
        assert desk.post(KEY, passkey=made).status_code == 403
        assert not Authenticator.objects.exists()

    def test_of_two_visits_alone_one(self, directory: FakeDirectory) -> None:
        directory.employ()
        desks, keys = (Desk(), Desk()), (SoftwareKey(), SoftwareKey())
        for desk in desks:
            visit(desk, directory)
        made = [key.make(desk.options(KEY)) for desk, key in zip(desks, keys, strict=True)]
        assert desks[0].post(KEY, passkey=made[0]).status_code == 303
        assert desks[1].post(KEY, passkey=made[1]).status_code == 403
        assert Authenticator.objects.count() == 1

    @pytest.mark.parametrize(
        "manner", [Manner(verified=False), Manner(origin="https://evil.example")]
    )
    def test_that_will_not_do_leaves_the_visit_as_it_was(
        self, directory: FakeDirectory, manner: Manner
    ) -> None:
        directory.employ()
        desk = Desk()
        visit(desk, directory)
        answer = desk.post(KEY, passkey=SoftwareKey().make(desk.options(KEY), manner))
        assert "Error:" in answer.content.decode()
        assert not StaffRole.objects.exists()
        assert add_key(desk).status_code == 303

    def test_comes_by_the_directory_again_after_all_were_lost(
        self, directory: FakeDirectory
    ) -> None:
        directory.employ("7", "Digital")
        desk = Desk()
        visit(desk, directory)
        add_key(desk)
        member = StaffMember.objects.get()
        people.send_link(member=member, by=OPERATOR)
        assert _roles(member) == {}
        again = Desk()
        visit(again, directory)
        add_key(again)
        assert _roles(member) == {"approver": "directory", "auditor": "directory"}


class TestWhoComesBack:
    def test_after_somebody_here_ended_it_is_let_in_by_somebody_here(
        self, directory: FakeDirectory
    ) -> None:
        directory.employ()
        visit(Desk(), directory)
        people.leave(member=StaffMember.objects.get(), by=OPERATOR)
        answer = visit(Desk(), directory)
        assert "ended here, by a person" in answer.content.decode()
        assert DirectoryLink.objects.get().refresh_token == ""
        assert StaffMember.objects.count() == 1

    def test_may_be_let_in_by_the_directory_and_begins_anew(self, directory: FakeDirectory) -> None:
        directory.employ()
        visit(Desk(), directory)
        people.leave(member=StaffMember.objects.get(), by=OPERATOR, may_return=True)
        assert visit(Desk(), directory)["Location"] == KEY
        assert StaffMember.objects.filter(left_at=None).count() == 1
        assert StaffMember.objects.count() == 2


def test_a_resident_of_the_same_mailbox_is_no_hindrance_and_stays_apart(
    directory: FakeDirectory,
) -> None:
    resident = factories.account("ada@council.example")
    directory.employ()
    assert visit(Desk(), directory)["Location"] == KEY
    assert StaffMember.objects.get().pk != resident.pk


def test_what_happened_is_recorded(directory: FakeDirectory) -> None:
    directory.employ("7", "Digital")
    desk = Desk()
    visit(desk, directory)
    add_key(desk)
    events = AuditEvent.objects.order_by("pk").values_list("event", flat=True)
    assert [event for event in events if "staff" in event or "directory" in event] == [
        "account:staff_account:made",
        "account:directory_visit:made",
        "account:staff_enrolment:done",
        "account:staff_role:granted",
        "account:staff_role:granted",
    ]
