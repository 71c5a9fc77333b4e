"""RFC 9126 §4, §6: opening a pushed request, and applications that must push all of theirs."""

from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Account
from idp.models import AuthorizationRequest
from idp.trail import noting
from idp.trail.entry import Entry
from tests import factories
from tests.protocol.forms import forms
from tests.protocol.partner import FORM, Partner
from tests.protocol.pushing import URN, open_, push, pushed
from tests.protocol.resident import (
    Resident,
    heading,
    main_text,
    path,
    sent,
)

TIMED_OUT, USED = "Your sign-in has timed out", "This sign-in was already used"
ELSEWHERE = "This sign-in was started in another browser"
NO_FAULT = "This is not your fault"


class TestSection4Authorization:
    """§4: the browser brings the name, and nothing else counts."""

    def test_it_leads_to_a_code_for_what_was_pushed(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        page = open_(resident, partner, pushed(partner))
        answer = sent(resident.press(page, "share"))
        assert set(answer) == {"code", "state", "iss"}
        assert answer["state"] == "state-1"
        exchange = {
            "grant_type": "authorization_code",
            "code": answer["code"],
            "redirect_uri": factories.REDIRECT_URI,
            "code_verifier": factories.VERIFIER,
        }
        assert partner.post("/token", exchange).status_code == 200

    @pytest.mark.parametrize(
        "outside",
        [
            {"state": "other"},
            {"redirect_uri": "https://evil.example/"},
            {"response_mode": "form_post"},
            {"response_type": "token"},
            {"prompt": "none"},
            {"scope": "nothing"},
            {"request": "x"},
        ],
    )
    def test_parameters_outside_are_ignored(
        self, resident: Resident, partner: Partner, account: Account, outside: dict[str, str]
    ) -> None:
        resident.sign_in(account)
        page = open_(resident, partner, pushed(partner), **outside)
        assert sent(resident.press(page, "share"))["state"] == "state-1"

    def test_it_can_be_answered_by_post(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        page = open_(resident, partner, pushed(partner, response_mode="form_post"))
        (form,) = forms(resident.press(page, "share").content.decode())
        assert form.values.keys() == {"code", "state", "iss"}

    def test_a_silent_refusal_is_sent_to_what_was_pushed(
        self, resident: Resident, partner: Partner
    ) -> None:
        answer = sent(open_(resident, partner, pushed(partner, prompt="none")))
        assert (answer["error"], answer["state"]) == ("login_required", "state-1")

    def test_opened_again_before_the_end_it_goes_on(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        request_uri = pushed(partner)
        assert path(open_(resident, partner, request_uri)) == "/sign-in"
        page = open_(resident, partner, request_uri)
        assert path(page) == "/sign-in"
        page = resident.password(page, account)
        page = open_(resident, partner, request_uri)
        assert path(page) == "/consent"
        assert "code" in sent(resident.press(page, "share"))

    def test_after_its_code_it_is_used_up(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        request_uri = pushed(partner)
        resident.press(open_(resident, partner, request_uri), "share")
        page = open_(resident, partner, request_uri)
        assert (page.status_code, heading(page)) == (400, USED)
        # In another browser it is not even said whose it was.
        page = open_(Resident(), partner, request_uri)
        assert (page.status_code, heading(page)) == (400, ELSEWHERE)

    def test_the_first_browser_owns_it(self, resident: Resident, partner: Partner) -> None:
        request_uri = pushed(partner)
        open_(resident, partner, request_uri)
        page = open_(Resident(), partner, request_uri)
        assert (page.status_code, heading(page)) == (400, ELSEWHERE)

    def test_unopened_for_a_minute_it_is_over(self, resident: Resident) -> None:
        partner = Partner.confidential(home_url="https://service.example.org/")
        request_uri = pushed(partner)
        with time_machine.travel(timezone.now() + timedelta(seconds=61)):
            page = open_(resident, partner, request_uri)
        assert (page.status_code, heading(page)) == (400, TIMED_OUT)
        assert 'href="https://service.example.org/"' in page.content.decode()

    def test_just_within_the_minute_it_opens_and_lasts(
        self, resident: Resident, partner: Partner
    ) -> None:
        request_uri = pushed(partner)
        with time_machine.travel(timezone.now() + timedelta(seconds=55)):
            assert path(open_(resident, partner, request_uri)) == "/sign-in"
        with time_machine.travel(timezone.now() + timedelta(minutes=90)):
            assert path(open_(resident, partner, request_uri)) == "/sign-in"

    def test_a_sign_in_of_before_it_was_opened_does_not_count(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        request_uri = pushed(partner, prompt="login")
        resident.sign_in(account)
        assert path(open_(resident, partner, request_uri)) == "/sign-in"

    def test_another_applications_is_as_good_as_unknown(
        self, resident: Resident, partner: Partner
    ) -> None:
        other = Partner.confidential()
        theirs = open_(resident, other, pushed(partner))
        unknown = open_(resident, other, URN + "a" * 43)
        for page in (theirs, unknown):
            assert page.status_code == 400
            assert NO_FAULT in main_text(page)
            assert "invalid_request_uri" in main_text(page)

    @pytest.mark.parametrize("name", ["", "x", "a" * 43, "a" * 4000, "é" * 43, "'--", "../x"])
    def test_an_unknown_one_is_a_page(
        self, resident: Resident, partner: Partner, name: str
    ) -> None:
        page = open_(resident, partner, URN + name)
        assert page.status_code == 400
        assert "Location" not in page

    @pytest.mark.parametrize("client_id", [{}, {"client_id": ""}, {"client_id": "unknown"}])
    def test_without_the_client_id_it_is_a_page(
        self, resident: Resident, partner: Partner, client_id: dict[str, str]
    ) -> None:
        query = urlencode({"request_uri": pushed(partner), **client_id})
        page = resident.get(f"/authorize?{query}")
        assert page.status_code == 400
        assert "Location" not in page

    def test_an_application_suspended_since_gets_nothing(
        self, resident: Resident, partner: Partner
    ) -> None:
        request_uri = pushed(partner)
        partner.application.status = "suspended"
        partner.application.save()
        page = open_(resident, partner, request_uri)
        assert page.status_code == 400
        assert "not allowed to use this sign-in" in main_text(page)

    def test_the_page_of_stored_requests_does_not_open_it(
        self, resident: Resident, partner: Partner
    ) -> None:
        request_id = pushed(partner).removeprefix(URN)
        page = resident.get(f"/authorize/continue?request={request_id}")
        assert page.status_code == 400
        assert AuthorizationRequest.objects.get().browser_hash == ""

    def test_a_request_that_was_not_pushed_has_no_such_name(
        self, resident: Resident, partner: Partner
    ) -> None:
        resident.ask(partner.application)
        row = AuthorizationRequest.objects.get()
        page = open_(resident, partner, URN + row.pk)
        assert "invalid_request_uri" in main_text(page)

    def test_posted_from_the_services_page_it_comes_back_by_get(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        names = {"client_id": partner.application.client_id, "request_uri": pushed(partner)}
        response = Client().post("/authorize", urlencode(names), content_type=FORM)
        assert response.status_code == 303
        address = urlsplit(response["Location"])
        assert address.path == "/authorize"
        assert {name: texts[0] for name, texts in parse_qs(address.query).items()} == names
        assert path(resident.follow(response)) == "/consent"


class TestSection6Metadata:
    """§6: an application may be held to pushing all its requests."""

    @pytest.fixture
    def held(self) -> Partner:
        return Partner.confidential(requires_pushed_requests=True)

    def test_a_plain_request_of_it_is_refused(self, resident: Resident, held: Partner) -> None:
        answer = sent(resident.ask(held.application))
        assert (answer["error"], answer["state"]) == ("invalid_request", "state-1")
        assert not AuthorizationRequest.objects.exists()

    def test_a_pushed_one_works(self, resident: Resident, held: Partner) -> None:
        assert path(open_(resident, held, pushed(held))) == "/sign-in"


class TestTrail:
    """Pushing and opening leave records that say what went wrong."""

    @pytest.fixture
    def entries(self, monkeypatch: pytest.MonkeyPatch) -> list[Entry]:
        found: list[Entry] = []
        monkeypatch.setattr(noting.writer, "put", found.append)
        return found

    def test_a_push(self, partner: Partner, entries: list[Entry]) -> None:
        push(partner)
        push(partner, request_uri="x")
        seen = [(one.endpoint, one.status, one.outcome, one.is_authenticated) for one in entries]
        assert seen == [("par", 201, "ok", True), ("par", 400, "invalid_request", True)]
        assert (entries[1].parameter, entries[1].section) == ("request_uri", "RFC 9126 §2.1")

    def test_a_request_that_cannot_be_opened(
        self, resident: Resident, partner: Partner, entries: list[Entry]
    ) -> None:
        request_uri = pushed(partner)
        with time_machine.travel(timezone.now() + timedelta(minutes=2)):
            open_(resident, partner, request_uri)
        open_(resident, partner, URN + "x")
        assert [(one.outcome, one.reason) for one in entries[1:]] == [
            ("invalid_request_uri", "request_expired"),
            ("invalid_request_uri", "pushed_request_unknown"),
        ]
