"""A directory that does not answer, or that two ask at once."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.models import DirectoryLink
from accounts.security.outgoing.client import Fetched
from accounts.staffing.people import operations as people
from tests.accounts.staffing.desk import Desk
from tests.accounts.staffing.directory.fake import FakeDirectory, said, visit
from tests.accounts.staffing.directory.rounds import (
    check,
    check_in_vain,
    employed,
    roles_of,
    says,
    timeout,
)
from tests.accounts.staffing.test_entry import NOON

pytestmark = pytest.mark.django_db


class TestADirectoryThatIsAway:
    @pytest.mark.parametrize(
        "answer",
        [
            said(500, {}),
            said(503, {"error": "invalid_grant"}),
            said(401, {"error": "invalid_client"}),
            said(400, {"error": "invalid_scope"}),
            said(400, {"error": ["invalid_grant"]}),
            said(200, {}),
            said(200, []),
            said(404, "x"),
            timeout,
        ],
    )
    def test_throws_nobody_out(self, directory: FakeDirectory, answer: Any) -> None:  # noqa: ANN401
        member, desk, key = employed(directory)
        directory.instead["/token"] = answer
        (row,) = check_in_vain()
        assert (row["directory_says"], row["standing"]) == ("silent", "directory_fine")
        assert roles_of(member) == ["approver", "auditor"]
        assert desk.get("/staff").status_code == 200
        assert Desk().use(key).status_code == 303
        directory.instead.clear()
        assert says() == ["stays"]

    def test_for_an_hour_lets_nobody_new_in_and_ends_no_session(
        self, directory: FakeDirectory
    ) -> None:
        with time_machine.travel(timezone.now(), tick=False) as clock:
            _member, desk, key = employed(directory)
            directory.instead["/.well-known/openid-configuration"] = timeout
            for _step in range(3):
                clock.shift(timedelta(minutes=20))
                check_in_vain()
                assert desk.get("/staff").status_code == 200
            assert Desk().use(key).status_code == 303
            clock.shift(timedelta(seconds=1))
            assert "does not answer" in Desk().use(key).content.decode()
            assert desk.get("/staff").status_code == 200
            # Dangerous acts want a sign-in of minutes ago.
            assert desk.get("/staff/keys/add").status_code == 302
            directory.instead.clear()
            check()
            assert Desk().use(key).status_code == 303

    def test_keeps_out_nobody_whom_operators_made(self, directory: FakeDirectory) -> None:
        made = people.make(work_email="it@council.example", name="It", team="", by=OPERATOR)
        directory.instead["/.well-known/openid-configuration"] = timeout
        assert check() == []
        assert not DirectoryLink.objects.filter(member=made).exists()

    def test_is_not_waited_for_once_for_each_of_its_people(self, directory: FakeDirectory) -> None:
        for number in range(6):
            employed(directory, str(number), email=f"p{number}@council.example")
        directory.instead["/token"] = timeout
        before = len(directory.asked)
        heard = [row["directory_says"] for row in check_in_vain()]
        assert heard == [*["silent"] * 3, *["not_asked"] * 3]
        assert len([path for path, _ in directory.asked[before:] if path == "/token"]) == 3

    def test_asks_first_about_whom_it_was_not_asked_before(self, directory: FakeDirectory) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            for number in range(4):
                employed(directory, str(number), email=f"p{number}@council.example")
                clock.shift(timedelta(seconds=1))
            directory.instead["/token"] = timeout
            check_in_vain()
            directory.instead.clear()
            assert [row["work_email"][:2] for row in check()] == ["p3", "p0", "p1", "p2"]

    def test_about_some_for_ever_hides_nobody_who_left_behind_them(
        self, directory: FakeDirectory
    ) -> None:
        for number in range(3):
            employed(directory, str(number), email=f"p{number}@council.example")
            directory.people[str(number)]["_claim_names"] = {"groups": "elsewhere"}
        member, desk, _key = employed(directory, "9", email="leaver@council.example")
        del directory.people["9"]
        check_in_vain()
        says_of_all = {row["work_email"]: row["directory_says"] for row in check_in_vain()}
        assert says_of_all["leaver@council.example"] == "gone"
        assert roles_of(member) == []
        assert desk.get("/staff").status_code == 302

    def test_of_another_name_by_now_is_silent_about_all_of_before(
        self, directory: FakeDirectory
    ) -> None:
        employed(directory)
        DirectoryLink.objects.update(issuer="https://former.council.example")
        assert [row["directory_says"] for row in check_in_vain()] == ["not_asked"]
        assert not [
            form for path, form in directory.asked if form.get("grant_type") == "refresh_token"
        ]

    @pytest.mark.parametrize(
        "path, answer",
        [
            ("/userinfo", timeout),
            ("/userinfo", said(503, {})),
            ("/userinfo", said(200, {"sub": "8"})),
            ("/userinfo", said(200, {"sub": "7", "_claim_names": {"groups": "elsewhere"}})),
            ("/jwks", timeout),
            ("/jwks", said(200, {"keys": "none"})),
        ],
    )
    def test_after_it_gave_a_new_token_is_asked_with_that_one(
        self,
        directory: FakeDirectory,
        path: str,
        answer: Any,  # noqa: ANN401
    ) -> None:
        member, desk, _key = employed(directory)
        directory.instead[path] = answer
        for _round in range(2):
            assert [row["directory_says"] for row in check_in_vain()] == ["silent"]
        directory.instead.clear()
        assert says() == ["stays"]
        assert roles_of(member) == ["approver", "auditor"]
        assert desk.get("/staff").status_code == 200


class TestOfTwoAtOnce:
    def test_one_alone_asks(self, directory: FakeDirectory) -> None:
        employed(directory)
        inner: list[str] = []

        def meanwhile() -> Fetched:
            directory.instead.clear()
            inner.extend(says())
            return said(500, {})()

        directory.instead["/token"] = meanwhile
        check_in_vain()
        assert inner == ["asked_elsewhere"]

    def test_a_visit_meanwhile_knows_better_than_a_no_about_the_token_before(
        self, directory: FakeDirectory
    ) -> None:
        member, desk, _key = employed(directory)

        def meanwhile() -> Fetched:
            directory.instead.clear()
            assert visit(Desk(), directory).status_code == 303
            return said(400, {"error": "invalid_grant"})()

        directory.instead["/token"] = meanwhile
        assert says() == ["asked_elsewhere"]
        assert roles_of(member) == ["approver", "auditor"]
        assert desk.get("/staff").status_code == 200

    def test_whoever_was_being_asked_about_when_a_process_was_killed_is_asked_about_again(
        self, directory: FakeDirectory
    ) -> None:
        with time_machine.travel(timezone.now(), tick=False) as clock:
            employed(directory)
            DirectoryLink.objects.update(asked_at=timezone.now())
            assert says() == ["asked_elsewhere"]
            clock.shift(timedelta(minutes=2))
            assert says() == ["stays"]

    def test_an_operator_who_ends_an_account_meanwhile_is_not_undone(
        self, directory: FakeDirectory
    ) -> None:
        member, _desk, _key = employed(directory)

        def meanwhile() -> Fetched:
            directory.instead.clear()
            people.leave(member=member, by=OPERATOR)
            return said(400, {"error": "invalid_grant"})()

        directory.instead["/token"] = meanwhile
        assert says() == ["asked_elsewhere"]
        assert DirectoryLink.objects.get().gone_at is None
