"""RFC 9126: pushed authorization requests."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.limits.table import PUSHED_REQUESTS
from accounts.models import Account
from clients.models import Application, Organisation
from idp.models import AuthorizationRequest
from idp.trail import noting
from idp.trail.entry import Entry
from tests import factories
from tests.protocol.forms import forms
from tests.protocol.partner import FORM, Partner, basic, body, refused
from tests.protocol.resident import (
    Resident,
    Response,
    heading,
    main_text,
    parameters,
    path,
    sent,
)
from tests.protocol.signing import ASSERTION_TYPE, SigningPartner

URN = "urn:ietf:params:oauth:request_uri:"
TIMED_OUT, USED = "Your sign-in has timed out", "This sign-in was already used"
ELSEWHERE = "This sign-in was started in another browser"
NO_FAULT = "This is not your fault"


def push(partner: Partner, **changes: str | None) -> Response:
    """Push a good request, with changes; None leaves a parameter out."""
    return partner.post("/par", parameters(partner.application, **changes))


def pushed(partner: Partner, **changes: str | None) -> str:
    """Push a good request, with changes, and return its request_uri."""
    answer = push(partner, **changes)
    assert answer.status_code == 201, answer.content
    return str(body(answer)["request_uri"])


def open_(resident: Resident, partner: Partner, request_uri: str, **more: str) -> Response:
    """Open the request in a browser."""
    names = {"client_id": partner.application.client_id, "request_uri": request_uri, **more}
    return resident.get(f"/authorize?{urlencode(names)}")


class TestSection21Request:
    """§2.1: a POST with the parameters of a request, authenticated as at the token endpoint."""

    @pytest.mark.parametrize(
        "method", ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"]
    )
    def test_every_method_of_authentication_works(self, method: str) -> None:
        application = factories.application(
            public=method == "none", token_endpoint_auth_method=method
        )
        partner = Partner(application, factories.client_secret(application))
        if method == "private_key_jwt":
            partner = SigningPartner.keyed()
        assert pushed(partner).startswith(URN)

    @pytest.mark.parametrize("audience", ["http://localhost:8000", "http://localhost:8000/par"])
    def test_an_assertion_may_be_for_the_issuer_or_this_endpoint(self, audience: str) -> None:
        partner = SigningPartner.keyed()
        assert push(partner, client_assertion=partner.assertion(aud=audience)).status_code == 201

    def test_client_id_may_be_left_to_the_authentication(self, partner: Partner) -> None:
        assert push(partner, client_id=None).status_code == 201

    def test_wrong_authentication_is_refused(self, partner: Partner) -> None:
        wish = urlencode(parameters(partner.application))
        wrong = basic(partner.application.client_id, "wrong")
        answer = partner.raw("/par", wish, Authorization=wrong)
        assert refused(answer, "invalid_client", 401)
        # A confidential application cannot pass for a public one.
        assert refused(partner.raw("/par", wish), "invalid_client", 401)

    def test_a_request_in_another_name_is_refused(self, partner: Partner) -> None:
        other = factories.application()
        assert refused(push(partner, client_id=other.client_id), "invalid_request")

    def test_a_request_uri_is_refused(self, partner: Partner) -> None:
        for named in (pushed(partner), "https://service.example.org/r", "x"):
            assert refused(push(partner, request_uri=named), "invalid_request")

    @pytest.mark.parametrize("model", [Application, Organisation])
    def test_a_suspended_application_pushes_nothing(
        self, partner: Partner, model: type[Application | Organisation]
    ) -> None:
        model.objects.update(status="suspended")
        assert refused(push(partner), "invalid_client", 401)
        assert not AuthorizationRequest.objects.exists()

    def test_no_secret_is_kept(self) -> None:
        application = factories.application(token_endpoint_auth_method="client_secret_post")
        partner = Partner(application, factories.client_secret(application))
        pushed(partner)
        row = AuthorizationRequest.objects.values().get()
        assert partner.secret not in str(row)

    @pytest.mark.parametrize(
        "changes,error",
        [
            ({"redirect_uri": None}, "invalid_request"),
            ({"redirect_uri": "https://evil.example/"}, "invalid_request"),
            ({"response_type": None}, "invalid_request"),
            ({"response_type": "token"}, "unsupported_response_type"),
            ({"response_type": "code id_token"}, "unsupported_response_type"),
            ({"response_mode": "fragment"}, "invalid_request"),
            ({"scope": "profile"}, "invalid_scope"),
            ({"code_challenge": None}, "invalid_request"),
            ({"code_challenge_method": "plain"}, "invalid_request"),
            ({"prompt": "none login"}, "invalid_request"),
            ({"max_age": "-1"}, "invalid_request"),
            ({"state": "x" * 3000}, "invalid_request"),
            ({"nonce": "x" * 3000}, "invalid_request"),
            ({"id_token_hint": "x"}, "invalid_request"),
            ({"claims": "["}, "invalid_request"),
        ],
    )
    def test_whatever_a_browsers_request_is_refused_for(
        self, partner: Partner, changes: dict[str, str | None], error: str
    ) -> None:
        assert refused(push(partner, **changes), error)
        assert not AuthorizationRequest.objects.exists()

    def test_an_application_without_the_grant_is_refused(self) -> None:
        partner = Partner.confidential(grant_types=["refresh_token"])
        assert refused(push(partner), "unauthorized_client")


class TestSection22Response:
    """§2.2."""

    def test_it_names_the_request_and_how_long_it_can_be_opened(self, partner: Partner) -> None:
        answer = push(partner)
        parsed = body(answer)
        assert (answer.status_code, answer["Content-Type"]) == (201, "application/json")
        assert parsed == {"request_uri": parsed["request_uri"], "expires_in": 60}
        # 256 random bits (§7.1).
        assert len(parsed["request_uri"]) == len(URN) + 43
        assert answer["Cache-Control"] == "no-store"

    def test_the_same_request_has_another_name_each_time(self, partner: Partner) -> None:
        assert len({pushed(partner) for _time in range(3)}) == 3


class TestSection23Errors:
    """§2.3."""

    @pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
    def test_other_methods_are_refused(self, method: str) -> None:
        answer = getattr(Client(headers={"host": "localhost"}), method)("/par")
        assert (answer.status_code, answer["Allow"]) == (405, "POST, OPTIONS")

    def test_what_is_no_form_is_refused(self, partner: Partner) -> None:
        for content_type in ("application/json", "multipart/form-data; boundary=x"):
            answer = partner.http.post("/par", b"{}", content_type=content_type)
            assert refused(answer, "invalid_request")

    def test_too_much_is_refused(self, partner: Partner) -> None:
        assert refused(push(partner, x="a" * 40_000), "invalid_request")

    def test_too_many_are_refused_until_later(
        self, partner: Partner, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.LIMITS_ENABLED = True
        monkeypatch.setattr("idp.oidc.par.PUSHED_REQUESTS", replace(PUSHED_REQUESTS, amount=2))
        statuses = [push(partner).status_code for _time in range(3)]
        assert statuses == [201, 201, 429]
        assert int(push(partner)["Retry-After"]) > 0
        assert AuthorizationRequest.objects.count() == 2
        # Another application's requests are its own.
        assert push(Partner.confidential()).status_code == 201


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


class TestAssertions:
    """RFC 7523 §3: here too each is good once."""

    def test_one_that_was_used_is_refused(self) -> None:
        partner = SigningPartner.keyed()
        assertion = partner.assertion()
        wish = {
            **parameters(partner.application),
            "client_assertion": assertion,
            "client_assertion_type": ASSERTION_TYPE,
        }
        assert partner.raw("/par", urlencode(wish)).status_code == 201
        assert refused(partner.raw("/par", urlencode(wish)), "invalid_client", 401)
