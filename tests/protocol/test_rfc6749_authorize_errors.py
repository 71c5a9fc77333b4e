"""RFC 6749 §4.1.2.1: which errors go to the application, and which stay on a page of ours."""

import re
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from idp.models import AuthorizationRequest
from idp.oidc.authorize.checks.answer import MAX_NONCE
from idp.oidc.authorize.checks.bounds import MAX_BYTES
from idp.oidc.authorize.checks.client import MAX_STATE
from tests import factories
from tests.protocol.partner import Partner
from tests.protocol.resident import Resident, Response, heading, main_text, parameters, sent

NO_FAULT = "This is not your fault"


def raw(resident: Resident, query: str) -> Response:
    """Send a query byte for byte."""
    return resident.client.get("/authorize", QUERY_STRING=query)


def is_shown(response: Response) -> bool:
    """Say whether the error is a page of ours with a help code, and leads nowhere."""
    assert response.status_code == 400
    assert "Location" not in response
    assert NO_FAULT in main_text(response)
    assert re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", main_text(response))
    assert response["Cache-Control"] == "no-store"
    assert not AuthorizationRequest.objects.exists()
    return True


class TestShown:
    """Without a redirect URI that is known to be the application's own, nobody is sent anywhere."""

    @pytest.mark.parametrize(
        "changes",
        [
            {"client_id": None},
            {"client_id": ""},
            {"client_id": "unknown"},
            {"client_id": "x" * 300},
            {"client_id": "' OR 1=1 --"},
            {"redirect_uri": None},
            {"redirect_uri": ""},
        ],
    )
    def test_who_asks_or_where_to_answer_is_not_known(
        self, resident: Resident, partner: Partner, changes: dict[str, str | None]
    ) -> None:
        assert is_shown(resident.ask(partner.application, **changes))

    def test_the_application_is_suspended(self, resident: Resident) -> None:
        page = resident.ask(factories.application(status="suspended"))
        assert is_shown(page)
        assert "not allowed to use this sign-in at the moment" in main_text(page)

    def test_its_organisation_is_suspended(self, resident: Resident) -> None:
        organisation = factories.organisation(status="suspended")
        assert is_shown(resident.ask(factories.application(of=organisation)))

    def test_its_developer_learns_what_to_look_at(
        self, resident: Resident, partner: Partner
    ) -> None:
        text = main_text(resident.ask(partner.application, redirect_uri="https://evil.example/"))
        assert "invalid_request" in text
        assert "redirect_uri" in text
        assert "RFC 9700 §4.1.3" in text

    @pytest.mark.parametrize("client_id", [None, ""])
    def test_its_developer_learns_that_client_id_is_missing_not_unknown(
        self, resident: Resident, partner: Partner, client_id: str | None
    ) -> None:
        text = main_text(resident.ask(partner.application, client_id=client_id))
        assert "The parameter client_id is missing." in text
        assert "RFC 6749 §4.1.1" in text

    def test_a_page_tells_the_resident_first_in_plain_words(
        self, resident: Resident, partner: Partner
    ) -> None:
        page = resident.ask(partner.application, client_id="unknown")
        assert heading(page) == "There is a problem with the service you came from"

    @pytest.mark.parametrize("name", ["state", "client_id", "redirect_uri", "scope", "prompt"])
    def test_a_parameter_comes_twice(self, resident: Resident, partner: Partner, name: str) -> None:
        good = parameters(partner.application)
        twice = urlencode([*good.items(), (name, good.get(name, "login"))])
        assert is_shown(raw(resident, twice + "&prompt=login"))

    @pytest.mark.parametrize(
        "extra",
        [
            "nonce2=%00",
            "x=%ff%fe",
            "x=%C3%28",
            "x=%ED%A0%80",  # a lone surrogate
            "x=%zz",
            "x=%",
            "x=%4",
            "%00=x",
            "x=" + "a" * MAX_BYTES,
            "&".join(f"p{number}=1" for number in range(200)),
            "x" * 101 + "=1",
        ],
    )
    def test_what_cannot_be_read_is_not_guessed_at(
        self, resident: Resident, partner: Partner, extra: str
    ) -> None:
        assert is_shown(raw(resident, f"{urlencode(parameters(partner.application))}&{extra}"))

    def test_raw_bytes_in_the_query(self, resident: Resident, partner: Partner) -> None:
        query = urlencode(parameters(partner.application))
        assert is_shown(raw(resident, query + "&x=\xff\xfe"))

    @pytest.mark.parametrize(
        "content_type", ["multipart/form-data; boundary=x", "application/json", "text/plain", ""]
    )
    def test_a_post_that_is_no_form(self, resident: Resident, content_type: str) -> None:
        body = b'{"client_id": "x"}\x00\xff'
        response = resident.client.post("/authorize", body, content_type=content_type)
        assert is_shown(response)

    def test_a_post_of_a_megabyte(self, resident: Resident, partner: Partner) -> None:
        values = parameters(partner.application, state="x" * 1_000_000)
        response = resident.submit("/authorize", values)
        assert response.status_code == 400
        assert "Location" not in response

    def test_parameters_of_a_post_are_read_from_its_body_alone(
        self, resident: Resident, partner: Partner
    ) -> None:
        query = urlencode(parameters(partner.application))
        assert is_shown(resident.submit(f"/authorize?{query}", {}))

    @pytest.mark.parametrize("method", ["put", "delete", "patch", "head"])
    def test_other_methods_are_refused(self, resident: Resident, method: str) -> None:
        assert getattr(resident.client, method)("/authorize").status_code == 405


class TestRedirected:
    """Everything else the application learns at its own redirect URI."""

    @pytest.mark.parametrize(
        "changes,error",
        [
            ({"response_type": None}, "invalid_request"),
            ({"response_type": "token"}, "unsupported_response_type"),
            ({"response_type": "code id_token"}, "unsupported_response_type"),
            ({"response_type": "none"}, "unsupported_response_type"),
            ({"response_mode": "fragment"}, "invalid_request"),
            ({"response_mode": "fragment.jwt"}, "invalid_request"),
            ({"scope": None}, "invalid_scope"),
            ({"scope": ""}, "invalid_scope"),
            ({"scope": "profile"}, "invalid_scope"),
            ({"scope": "OPENID"}, "invalid_scope"),
            ({"scope": "openid\tprofile"}, "invalid_scope"),
            ({"scope": 'openid "'}, "invalid_scope"),
            ({"scope": "openid é"}, "invalid_scope"),
            ({"nonce": "n" * (MAX_NONCE + 1)}, "invalid_request"),
            ({"request": "eyJ.e30."}, "invalid_request_object"),
            ({"request_uri": "https://evil.example/r"}, "invalid_request_uri"),
            ({"registration": "{}"}, "registration_not_supported"),
        ],
    )
    def test_the_error_and_the_state_are_sent(
        self,
        resident: Resident,
        partner: Partner,
        changes: dict[str, str | None],
        error: str,
    ) -> None:
        answer = sent(resident.ask(partner.application, **changes))
        assert (answer["error"], answer["state"]) == (error, "state-1")
        assert set(answer) == {"error", "error_description", "state", "iss"}
        assert not AuthorizationRequest.objects.exists()

    @pytest.mark.parametrize(
        "changes",
        [
            {"code_challenge": None},
            {"code_challenge_method": None},
            {"code_challenge_method": "plain"},
            {"code_challenge_method": "s256"},
            {"code_challenge": "a" * 42},
            {"code_challenge": "a" * 44},
            {"code_challenge": "a" * 42 + "="},
            {"code_challenge": "a" * 42 + "+"},
            {"code_challenge": "a" * 42 + "\n"},
            {"code_challenge": "é" * 43},
        ],
    )
    def test_rfc7636_4_4_1_without_a_hashed_challenge_there_is_no_code(
        self, resident: Resident, partner: Partner, changes: dict[str, str | None]
    ) -> None:
        answer = sent(resident.ask(partner.application, **changes))
        assert answer["error"] == "invalid_request"

    def test_an_application_without_the_grant_is_told_so(self, resident: Resident) -> None:
        answer = sent(resident.ask(factories.application(grant_types=["refresh_token"])))
        assert answer["error"] == "unauthorized_client"

    @pytest.mark.parametrize("state", ["x" * (MAX_STATE + 1), "tab\there", "é", "line\r\nbreak"])
    def test_a_state_that_cannot_come_back_whole_does_not_come_back(
        self, resident: Resident, partner: Partner, state: str
    ) -> None:
        answer = sent(resident.ask(partner.application, state=state))
        assert answer["error"] == "invalid_request"
        assert "state" not in answer

    def test_the_description_is_plain_ascii(self, resident: Resident, partner: Partner) -> None:
        answer = sent(resident.ask(partner.application, prompt="banana"))
        # RFC 6749 §4.1.2.1: %x20-21 / %x23-5B / %x5D-7E.
        assert re.fullmatch(r"[\x20\x21\x23-\x5b\x5d-\x7e]+", answer["error_description"])

    def test_a_post_is_answered_as_a_get_is(self, resident: Resident, partner: Partner) -> None:
        values = parameters(partner.application, response_type="token")
        response = resident.submit("/authorize", values)
        assert sent(response)["error"] == "unsupported_response_type"


class TestAnything:
    """No input gives a server error or leads to an address that is not registered."""

    @settings(
        max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(
        name=st.sampled_from(
            [
                "client_id",
                "redirect_uri",
                "scope",
                "state",
                "nonce",
                "prompt",
                "max_age",
                "login_hint",
                "id_token_hint",
                "code_challenge",
                "response_type",
                "response_mode",
                "request",
                "unknown",
            ]
        ),
        value=st.one_of(
            st.binary(max_size=60),
            st.text(max_size=60).map(lambda text: text.encode(errors="replace")),
        ),
        escaped=st.booleans(),
    )
    def test_any_value_of_any_parameter(
        self, resident: Resident, partner: Partner, name: str, value: bytes, *, escaped: bool
    ) -> None:
        good = urlencode(parameters(partner.application, **{name: None}))
        text = "".join(f"%{byte:02X}" for byte in value) if escaped else value.decode("latin-1")
        response = raw(resident, f"{good}&{name}={text}")
        assert response.status_code in {303, 400}
        if response.status_code == 303:
            assert response["Location"].startswith((f"{factories.REDIRECT_URI}?", "/sign-"))
