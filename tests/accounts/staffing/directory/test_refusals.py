"""Answers of the directory that let nobody in, whoever made them up."""

from dataclasses import replace
from typing import Any

import pytest
from pytest_django import Settings

from accounts.limits.table import STAFF_NETWORK
from accounts.models import DirectoryVisit
from accounts.security.outgoing.client import Fetched
from accounts.security.outgoing.refusals import FetchProblem, OutgoingRefusedError
from accounts.staffing.directory.asking import transport
from tests.accounts.staffing.desk import Desk
from tests.accounts.staffing.directory.fake import (
    FakeDirectory,
    said,
    visit,
)
from tests.accounts.staffing.directory.rounds import refused

pytestmark = pytest.mark.django_db


class TestAnAnswerInTheBrowser:
    def test_of_a_state_that_is_none_isrefused(self, directory: FakeDirectory) -> None:
        directory.employ()
        for state in ("", "x", "s" * 43, "\0" * 43, "é"):
            refused(visit(Desk(), directory, state=state), "not_begun_here")

    def test_of_another_browser_is_refused_and_stays_good_for_its_own(
        self, directory: FakeDirectory
    ) -> None:
        directory.employ()
        thief, victim = Desk(), Desk()
        planted = directory.sign_in(thief.get("/staff/directory")["Location"], "7")
        victim.get("/staff/directory")
        refused(victim.get(planted), "not_begun_here")
        assert thief.get(planted).status_code == 303

    def test_is_good_once(self, directory: FakeDirectory) -> None:
        desk, subject = Desk(), directory.employ()
        back = directory.sign_in(desk.get("/staff/directory")["Location"], subject)
        assert desk.get(back).status_code == 303
        again = desk.get(back)
        assert again.status_code == 403
        assert len([path for path, _form in directory.asked if path == "/token"]) == 1

    def test_whose_code_was_used_before_isrefused(self, directory: FakeDirectory) -> None:
        directory.employ()
        directory.instead["/token"] = said(400, {"error": "invalid_grant"})
        refused(visit(Desk(), directory), "declined")

    def test_of_another_directory_is_not_exchanged(self, directory: FakeDirectory) -> None:
        directory.employ()
        refused(visit(Desk(), directory, iss="https://evil.example"), "another_issuer")
        assert not [path for path, _form in directory.asked if path == "/token"]

    def test_without_issuer_is_not_exchanged_where_the_directory_names_itself(
        self, directory: FakeDirectory
    ) -> None:
        desk = Desk()
        back = directory.sign_in(desk.get("/staff/directory")["Location"], directory.employ())
        refused(desk.get(back.replace("&iss=", "&not=")), "another_issuer")
        directory.metadata = {"authorization_response_iss_parameter_supported": False}
        back = directory.sign_in(desk.get("/staff/directory")["Location"], "7")
        assert desk.get(back.replace("&iss=", "&not=")).status_code == 303

    @pytest.mark.parametrize(
        "more", [{"error": "access_denied"}, {"code": ""}, {"code": "c" * 5000}]
    )
    def test_that_is_a_refusal_or_no_code_is_not_exchanged(
        self, directory: FakeDirectory, more: dict[str, str]
    ) -> None:
        directory.employ()
        refused(visit(Desk(), directory, **more), "declined")
        assert not [path for path, _form in directory.asked if path == "/token"]


class TestADirectory:
    @pytest.mark.parametrize("endpoint", ["/.well-known/openid-configuration", "/token", "/jwks"])
    @pytest.mark.parametrize("problem", [FetchProblem.TIMED_OUT, FetchProblem.TOO_LARGE])
    def test_that_is_slow_or_huge_is_told_so(
        self, directory: FakeDirectory, endpoint: str, problem: FetchProblem
    ) -> None:
        desk, subject = Desk(), directory.employ()
        back = directory.sign_in(desk.get("/staff/directory")["Location"], subject)

        def refuse() -> Fetched:
            raise OutgoingRefusedError(problem)

        directory.instead[endpoint] = refuse
        refused(desk.get(back), "silent", 503)
        assert (
            "http" not in desk.get(back).content.decode().split("<main", 1)[1].split("call", 1)[0]
        )

    @pytest.mark.parametrize(
        "endpoint", ["/.well-known/openid-configuration", "/token", "/userinfo"]
    )
    @pytest.mark.parametrize(
        "status, body, reason",
        [
            (500, {"error": "server_error"}, "silent"),
            (200, [], "untrusted"),
            (200, None, "untrusted"),
            (200, "x", "untrusted"),
            (200, {}, "untrusted"),
            (200, {"issuer": 7, "access_token": 7, "sub": 7, "id_token": {}}, "untrusted"),
        ],
    )
    def test_that_answers_something_else_is_not_believed(
        self, directory: FakeDirectory, endpoint: str, status: int, body: object, reason: str
    ) -> None:
        desk, subject = Desk(), directory.employ()
        back = directory.sign_in(desk.get("/staff/directory")["Location"], subject)
        directory.instead[endpoint] = said(status, body)
        refused(desk.get(back), reason, 503 if reason == "silent" else 403)

    def test_that_answers_no_json_is_not_believed(self, directory: FakeDirectory) -> None:
        directory.instead["/.well-known/openid-configuration"] = lambda: Fetched(200, b"<", {})
        refused(Desk().get("/staff/directory"), "silent", 503)

    def test_whose_discovery_is_anothers_is_not_gone_to(self, directory: FakeDirectory) -> None:
        directory.metadata = {"issuer": "https://evil.example"}
        refused(Desk().get("/staff/directory"), "untrusted")

    @pytest.mark.parametrize("address", ["javascript:alert(1)", "http://evil.example/a", 7, None])
    def test_that_would_send_browsers_anywhere_is_not_gone_to(
        self, directory: FakeDirectory, address: object
    ) -> None:
        directory.metadata = {"authorization_endpoint": address}
        refused(Desk().get("/staff/directory"), "untrusted")

    def test_that_gives_no_refresh_token_lets_nobody_in(self, directory: FakeDirectory) -> None:
        directory.employ()
        directory.gives_refresh_tokens = False
        refused(visit(Desk(), directory), "not_asked_again")


def test_nobody_makes_us_ask_without_end(
    directory: FakeDirectory, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LIMITS_ENABLED = True
    few = replace(STAFF_NETWORK, amount=2)
    monkeypatch.setattr("accounts.staffing.directory.views.STAFF_NETWORK", few)
    answers = [Desk().get("/staff/directory").status_code for _try in range(4)]
    assert answers == [303, 303, 429, 429]
    assert Desk().get("/staff/directory/callback?state=x").status_code == 429
    assert len(directory.asked) == 2
    assert DirectoryVisit.objects.count() == 2


def test_the_directory_itself_may_be_inside_and_nothing_else(
    directory: FakeDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []

    def note(url: str, *, also_allowed: object, **how: Any) -> Fetched:
        seen.append(also_allowed)
        return directory.get(url, **how)

    monkeypatch.setattr(transport, "fetch", note)
    assert Desk().get("/staff/directory").status_code == 303
    assert seen == [["directory.council.example:443"]]
