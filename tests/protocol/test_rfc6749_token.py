"""The token endpoint: RFC 6749."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from idp.models import AccessToken, Grant, RefreshToken
from tests import factories
from tests.factories import OFFLINE, REDIRECT_URI, VERIFIER
from tests.protocol.partner import FORM, Partner, basic, body, refused


def exchange_body(partner: Partner, **more: str) -> str:
    issued = factories.grant(partner.application)
    return urlencode(
        {
            "grant_type": "authorization_code",
            "code": issued.code,
            "redirect_uri": REDIRECT_URI,
            "code_verifier": VERIFIER,
            **more,
        }
    )


class TestTokenEndpoint:
    """§3.2."""

    @pytest.mark.parametrize("method", ["get", "put", "delete", "patch", "head"])
    def test_only_post_is_served(self, method: str) -> None:
        response = getattr(Client(headers={"host": "localhost"}), method)("/token")
        assert response.status_code == 405
        assert response["Allow"] == "POST, OPTIONS"

    @pytest.mark.parametrize(
        "content_type", ["application/json", "text/plain", "multipart/form-data; boundary=x", ""]
    )
    def test_only_forms_are_read(self, partner: Partner, content_type: str) -> None:
        response = partner.http.post("/token", b"grant_type=x", content_type=content_type)
        assert refused(response, "invalid_request")

    def test_a_charset_may_be_named(self, partner: Partner) -> None:
        header = {"Authorization": basic(partner.application.client_id, partner.secret)}
        response = partner.http.post(
            "/token",
            exchange_body(partner),
            content_type=f"{FORM}; charset=UTF-8",
            headers=header,
        )
        assert response.status_code == 200

    @pytest.mark.parametrize(
        "raw",
        [
            b"grant_type=a&grant_type=a",
            b"grant_type=a%00",
            b"a%00b=c",
            b"grant_type=%ff%fe",
            b"grant_type=%ed%a0%80",
            b"x=" + b"a" * 40_000,
            b"&".join(b"p%d=1" % number for number in range(60)),
            b"n" * 200 + b"=1",
        ],
        ids=["twice", "nul", "nul-name", "not-utf8", "surrogate", "huge", "many", "long-name"],
    )
    def test_malformed_forms_are_refused(self, partner: Partner, raw: bytes) -> None:
        assert refused(partner.raw("/token", raw), "invalid_request")

    def test_unknown_parameters_are_ignored(self, partner: Partner) -> None:
        issued = factories.grant(partner.application)
        assert partner.exchange(issued, extra="foobar", audience="x").status_code == 200

    def test_a_parameter_without_a_value_counts_as_absent(self, partner: Partner) -> None:
        response = partner.post("/token", {"grant_type": ""})
        assert refused(response, "invalid_request")
        assert "grant_type" in body(response)["error_description"]

    def test_cookies_change_nothing(self, partner: Partner) -> None:
        response = partner.exchange(factories.grant(partner.application))
        assert not response.cookies


class TestCodeExchange:
    """§4.1.3."""

    @pytest.mark.parametrize("name", ["code", "redirect_uri"])
    def test_what_is_missing_is_named(self, partner: Partner, name: str) -> None:
        response = partner.exchange(factories.grant(partner.application), **{name: ""})
        assert refused(response, "invalid_request")
        assert name in body(response)["error_description"]

    def test_an_unknown_code_is_refused(self, partner: Partner) -> None:
        response = partner.exchange(factories.grant(partner.application), code="unknown")
        assert refused(response, "invalid_grant")

    @pytest.mark.parametrize(
        "uri",
        [REDIRECT_URI + "/", REDIRECT_URI.upper(), "https://evil.example/", REDIRECT_URI + "?"],
    )
    def test_another_redirect_uri_is_refused(self, partner: Partner, uri: str) -> None:
        response = partner.exchange(factories.grant(partner.application), redirect_uri=uri)
        assert refused(response, "invalid_grant")

    def test_the_code_of_another_application_is_refused(self, partner: Partner) -> None:
        issued = factories.grant(factories.application())
        assert refused(partner.exchange(issued), "invalid_grant")

    def test_an_expired_code_is_refused(self, partner: Partner) -> None:
        issued = factories.grant(partner.application)
        with time_machine.travel(timezone.now() + settings.CODE_LIFETIME, tick=False):
            assert refused(partner.exchange(issued), "invalid_grant")

    def test_failed_tries_neither_burn_the_code_nor_end_anything(self, partner: Partner) -> None:
        issued = factories.grant(partner.application)
        stranger = Partner.confidential()
        thief = Partner(partner.application, "wrong")
        for failed in (
            stranger.exchange(issued),
            thief.exchange(issued),
            partner.exchange(issued, code_verifier="x" * 43),
            partner.exchange(issued, redirect_uri="https://other.example.org/"),
        ):
            assert failed.status_code in {400, 401}
        response = partner.exchange(issued)
        assert response.status_code == 200
        for later in (stranger.exchange(issued), partner.exchange(issued, code_verifier="x" * 43)):
            assert refused(later, "invalid_grant")
        assert partner.userinfo(body(response)["access_token"]).status_code == 200

    def test_failed_tries_are_limited(self, partner: Partner) -> None:
        issued = factories.grant(partner.application)
        answers = [partner.exchange(issued, code_verifier="x" * 43) for _ in range(61)]
        assert refused(answers[-1], "temporarily_unavailable", 429)
        assert int(answers[-1]["Retry-After"]) > 0
        assert partner.exchange(issued).status_code == 200

    def test_an_application_not_registered_for_codes_is_refused(self) -> None:
        partner = Partner.confidential(grant_types=["refresh_token"])
        response = partner.exchange(factories.grant(partner.application))
        assert refused(response, "unauthorized_client")

    def test_codes_and_tokens_are_stored_only_as_hashes(self, partner: Partner) -> None:
        issued = factories.grant(partner.application)
        tokens = body(partner.exchange(issued))
        stored = [
            str(value)
            for model in (Grant, AccessToken, RefreshToken)
            for row in model.objects.values()
            for value in row.values()
        ]
        for secret in (issued.code, tokens["refresh_token"], tokens["access_token"]):
            assert not any(secret in value for value in stored)


class TestCodeReuse:
    """§4.1.2, §10.5."""

    def test_a_twin_within_a_second_is_only_refused(self, partner: Partner) -> None:
        issued = factories.grant(partner.application)
        with time_machine.travel(timezone.now(), tick=False) as clock:
            first = body(partner.exchange(issued))
            clock.shift(timedelta(milliseconds=900))
            assert refused(partner.exchange(issued), "invalid_grant")
            assert partner.userinfo(first["access_token"]).status_code == 200
            assert partner.refresh(first["refresh_token"]).status_code == 200

    @pytest.mark.parametrize("seconds", [1, 30, 3600])
    def test_a_later_use_ends_all_that_came_from_the_code(
        self, partner: Partner, seconds: int
    ) -> None:
        issued = factories.grant(partner.application)
        with time_machine.travel(timezone.now(), tick=False) as clock:
            first = body(partner.exchange(issued))
            second = body(partner.refresh(first["refresh_token"]))
            clock.shift(timedelta(seconds=seconds))
            assert refused(partner.exchange(issued), "invalid_grant")
            for tokens in (first, second):
                assert partner.userinfo(tokens["access_token"]).status_code == 401
                assert refused(partner.refresh(tokens["refresh_token"]), "invalid_grant")

    def test_another_sign_in_of_the_same_resident_is_untouched(self, partner: Partner) -> None:
        account = factories.account()
        issued = factories.grant(partner.application, account=account)
        other = partner.tokens(account=account)
        with time_machine.travel(timezone.now(), tick=False) as clock:
            partner.exchange(issued)
            clock.shift(timedelta(seconds=2))
            partner.exchange(issued)
            assert partner.userinfo(other["access_token"]).status_code == 200


class TestSuccessfulResponse:
    """§5.1."""

    def test_it_holds_what_the_specification_names(self, partner: Partner) -> None:
        response = partner.exchange(factories.grant(partner.application))
        tokens = body(response)
        assert set(tokens) == {
            *("access_token", "token_type", "expires_in"),
            *("scope", "id_token", "refresh_token"),
        }
        assert tokens["token_type"] == "Bearer"
        assert tokens["expires_in"] == 300
        assert tokens["scope"].split() == list(OFFLINE)

    def test_it_is_never_stored(self, partner: Partner) -> None:
        response = partner.exchange(factories.grant(partner.application))
        assert response["Cache-Control"] == "no-store"
        assert response["Pragma"] == "no-cache"
        assert response["Content-Type"] == "application/json"


class TestErrorResponse:
    """§5.2."""

    def test_an_unknown_grant_type_is_refused(self, partner: Partner) -> None:
        response = partner.post("/token", {"grant_type": "password", "username": "x"})
        assert refused(response, "unsupported_grant_type")

    def test_the_description_has_only_the_characters_allowed(self, partner: Partner) -> None:
        for response in (
            partner.post("/token", {"grant_type": "implicit"}),
            partner.exchange(factories.grant(partner.application), code="unknown"),
            partner.raw("/token", "grant_type=x"),
        ):
            text = body(response)["error_description"]
            assert all(" " <= letter <= "~" and letter not in '"\\' for letter in text)

    def test_the_log_has_the_reason_under_the_reference_and_no_secret(
        self, partner: Partner, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level("DEBUG")
        issued = factories.grant(partner.application)
        response = partner.exchange(issued, code_verifier="y" * 43)
        reference = body(response)["error_description"].split()[-1]
        line = next(line for line in caplog.messages if reference in line)
        assert "wrong_code_verifier" in line
        assert partner.application.client_id in line
        for secret in (issued.code, partner.secret, "y" * 43):
            assert secret not in caplog.text
