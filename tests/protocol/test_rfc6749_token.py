"""The token endpoint: RFC 6749."""

from base64 import b64encode
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from clients.models import Application, ClientSecret, Organisation
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


class TestClientAuthentication:
    """§2.3."""

    def test_basic_is_accepted(self, partner: Partner) -> None:
        assert partner.exchange(factories.grant(partner.application)).status_code == 200

    def test_the_scheme_is_spelt_in_any_case(self, partner: Partner) -> None:
        header = basic(partner.application.client_id, partner.secret).replace("Basic", "bAsIc")
        response = partner.raw("/token", exchange_body(partner), Authorization=header)
        assert response.status_code == 200

    def test_both_parts_of_basic_are_percent_decoded(self) -> None:
        application = factories.application(client_id="council tax/100%:é".replace("é", "e"))
        partner = Partner(application, factories.client_secret(application))
        assert partner.exchange(factories.grant(application)).status_code == 200

    def test_post_is_accepted_where_it_is_registered(self) -> None:
        partner = Partner.confidential(token_endpoint_auth_method="client_secret_post")
        assert partner.exchange(factories.grant(partner.application)).status_code == 200

    def test_a_public_application_names_itself_only(self, public_partner: Partner) -> None:
        issued = factories.grant(public_partner.application)
        assert public_partner.exchange(issued).status_code == 200

    @pytest.mark.parametrize("method", ["client_secret_post", "none"])
    def test_basic_is_refused_where_another_method_is_registered(self, method: str) -> None:
        application = factories.application(
            public=method == "none", token_endpoint_auth_method=method
        )
        partner = Partner(application, factories.client_secret(application))
        header = basic(application.client_id, partner.secret)
        response = partner.raw("/token", exchange_body(partner), Authorization=header)
        assert refused(response, "invalid_client", 401)

    def test_post_is_refused_where_basic_is_registered(self, partner: Partner) -> None:
        named = exchange_body(
            partner, client_id=partner.application.client_id, client_secret=partner.secret
        )
        assert refused(partner.raw("/token", named), "invalid_client", 401)

    def test_a_confidential_application_never_goes_without_its_secret(
        self, partner: Partner
    ) -> None:
        named = exchange_body(partner, client_id=partner.application.client_id)
        assert refused(partner.raw("/token", named), "invalid_client", 401)

    def test_an_empty_secret_opens_nothing(self, partner: Partner) -> None:
        partner.secret = ""
        response = partner.exchange(factories.grant(partner.application))
        assert refused(response, "invalid_client", 401)

    def test_two_methods_at_once_are_refused(self, partner: Partner) -> None:
        issued = factories.grant(partner.application)
        response = partner.exchange(issued, client_secret=partner.secret)
        assert refused(response, "invalid_request")

    def test_the_body_may_repeat_the_client_id(self, partner: Partner) -> None:
        issued = factories.grant(partner.application)
        response = partner.exchange(issued, client_id=partner.application.client_id)
        assert response.status_code == 200

    def test_the_body_may_not_name_another_application(self, partner: Partner) -> None:
        issued = factories.grant(partner.application)
        other = factories.application()
        assert refused(partner.exchange(issued, client_id=other.client_id), "invalid_request")

    def test_a_wrong_secret_is_refused_with_a_challenge(self, partner: Partner) -> None:
        partner.secret = "wrong"
        response = partner.exchange(factories.grant(partner.application))
        assert refused(response, "invalid_client", 401)
        assert response["WWW-Authenticate"].startswith("Basic ")

    def test_an_unknown_application_and_a_wrong_secret_look_alike(self, partner: Partner) -> None:
        unknown = partner.raw("/token", "grant_type=x", Authorization=basic("nobody", "x"))
        partner.secret = "wrong"
        wrong = partner.post("/token", {"grant_type": "x"})
        texts = {
            body(answer)["error_description"].split("Reference")[0] for answer in (unknown, wrong)
        }
        assert len(texts) == 1
        assert unknown.status_code == wrong.status_code == 401

    def test_the_secret_of_another_application_is_refused(self, partner: Partner) -> None:
        partner.secret = Partner.confidential().secret
        assert refused(partner.post("/token", {"grant_type": "x"}), "invalid_client", 401)

    @pytest.mark.parametrize("column", ["revoked_at", "expires_at"])
    def test_a_secret_that_ended_is_refused(self, partner: Partner, column: str) -> None:
        ClientSecret.objects.update(**{column: timezone.now()})
        assert refused(partner.post("/token", {"grant_type": "x"}), "invalid_client", 401)

    def test_two_secrets_overlap(self, partner: Partner) -> None:
        ClientSecret.objects.update(expires_at=timezone.now() + timedelta(days=1))
        partner.tokens()
        partner.secret = factories.client_secret(partner.application)
        partner.tokens()

    def test_a_suspended_application_gets_nothing(self, partner: Partner) -> None:
        issued = factories.grant(partner.application)
        Application.objects.update(status=Application.Status.SUSPENDED)
        assert refused(partner.exchange(issued), "invalid_client", 401)

    def test_an_application_of_a_suspended_organisation_gets_nothing(
        self, partner: Partner
    ) -> None:
        issued = factories.grant(partner.application)
        Organisation.objects.update(status=Organisation.Status.SUSPENDED)
        assert refused(partner.exchange(issued), "invalid_client", 401)

    @pytest.mark.parametrize(
        "header",
        [
            "Basic",
            "Basic !!!!",
            "Basic bm9jb2xvbg==",
            "Basic " + b64encode(b"\xff\xfe:x").decode(),
            "Basic " + b64encode(b"%00:%00").decode(),
            "Basic " + b64encode(b"a:%FF").decode(),
            "Basic " + b64encode(b":").decode(),
            "Basic " + "A" * 5000,
            "Bearer abc",
            "Basic \udce9".encode("utf-8", "surrogateescape").decode("latin-1"),
        ],
    )
    def test_malformed_credentials_are_refused(self, partner: Partner, header: str) -> None:
        response = partner.raw("/token", "grant_type=x", Authorization=header)
        assert refused(response, "invalid_client", 401)

    def test_nobody_at_all_is_refused(self, partner: Partner) -> None:
        assert refused(partner.raw("/token", "grant_type=x"), "invalid_client", 401)

    def test_client_assertions_are_refused_and_not_ignored(self, partner: Partner) -> None:
        response = partner.post("/token", {"grant_type": "x", "client_assertion": "e30.e30.e30"})
        assert refused(response, "invalid_client", 401)

    def test_failures_are_limited(self, partner: Partner) -> None:
        right, partner.secret = partner.secret, "wrong"
        answers = {partner.post("/token", {"grant_type": "x"}).status_code for _ in range(61)}
        assert answers == {401, 429}
        partner.secret = right
        assert partner.tokens(), "the right secret still works: nobody else can use it up"


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
        assert partner.exchange(issued, extra="foobar", resource="x").status_code == 200

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


class TestRefresh:
    """§6."""

    def test_a_refresh_token_comes_only_with_offline_access(self, partner: Partner) -> None:
        assert "refresh_token" not in partner.tokens(scopes=["openid", "profile"])

    def test_a_refresh_token_comes_only_to_applications_registered_for_it(self) -> None:
        partner = Partner.confidential(grant_types=["authorization_code"])
        assert "refresh_token" not in partner.tokens()

    def test_new_tokens_work_and_the_old_refresh_token_does_not(self, partner: Partner) -> None:
        first = partner.tokens()
        second = body(partner.refresh(first["refresh_token"]))
        assert second["refresh_token"] != first["refresh_token"]
        assert refused(partner.refresh(first["refresh_token"]), "invalid_grant")
        assert partner.userinfo(second["access_token"]).status_code == 200
        assert partner.refresh(second["refresh_token"]).status_code == 200

    def test_a_narrower_scope_narrows_this_access_token_alone(self, partner: Partner) -> None:
        first = partner.tokens()
        narrow = body(partner.refresh(first["refresh_token"], scope="openid email"))
        assert narrow["scope"] == "openid email"
        assert set(body(partner.userinfo(narrow["access_token"]))) == {
            *("sub", "email", "email_verified"),
        }
        wide = body(partner.refresh(narrow["refresh_token"]))
        assert wide["scope"].split() == list(OFFLINE)

    def test_without_openid_there_is_no_id_token(self, partner: Partner) -> None:
        first = partner.tokens()
        assert "id_token" not in body(partner.refresh(first["refresh_token"], scope="email"))

    def test_more_than_was_granted_is_refused_and_burns_nothing(self, partner: Partner) -> None:
        first = partner.tokens()
        response = partner.refresh(first["refresh_token"], scope="openid address")
        assert refused(response, "invalid_scope")
        assert partner.refresh(first["refresh_token"]).status_code == 200

    def test_the_refresh_token_of_another_application_is_refused(self, partner: Partner) -> None:
        token = partner.tokens()["refresh_token"]
        assert refused(Partner.confidential().refresh(token), "invalid_grant")
        assert partner.refresh(token).status_code == 200

    @pytest.mark.parametrize("kind", ["access_token", "id_token"])
    def test_other_tokens_are_no_refresh_tokens(self, partner: Partner, kind: str) -> None:
        assert refused(partner.refresh(partner.tokens()[kind]), "invalid_grant")

    def test_a_code_is_no_refresh_token(self, partner: Partner) -> None:
        code = factories.grant(partner.application).code
        assert refused(partner.refresh(code), "invalid_grant")

    def test_a_missing_token_is_named(self, partner: Partner) -> None:
        response = partner.post("/token", {"grant_type": "refresh_token"})
        assert refused(response, "invalid_request")

    def test_it_ends_after_thirty_days_without_use(self, partner: Partner) -> None:
        token = partner.tokens()["refresh_token"]
        with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
            assert refused(partner.refresh(token), "invalid_grant")

    def test_used_within_thirty_days_it_goes_on(self, partner: Partner) -> None:
        token = partner.tokens()["refresh_token"]
        with time_machine.travel(timezone.now(), tick=False) as clock:
            for _ in range(5):
                clock.shift(timedelta(days=29))
                token = body(partner.refresh(token))["refresh_token"]

    def test_it_never_outlives_the_consent(self, partner: Partner) -> None:
        issued = factories.grant(partner.application)
        ends = timezone.now() + timedelta(days=2)
        issued.account.consents.update(expires_at=ends)
        token = body(partner.exchange(issued))["refresh_token"]
        assert RefreshToken.objects.get().expires == ends
        with time_machine.travel(ends, tick=False):
            assert refused(partner.refresh(token), "invalid_grant")
