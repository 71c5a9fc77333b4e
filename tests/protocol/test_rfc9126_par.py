"""RFC 9126 §2: pushed authorization requests, at the endpoint that takes them."""

from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.limits.table import PUSHED_REQUESTS
from clients.models import Application, Organisation
from idp.models import AuthorizationRequest
from tests import factories
from tests.protocol.partner import Partner, basic, body, refused
from tests.protocol.pushing import URN, push, pushed
from tests.protocol.resident import (
    parameters,
)
from tests.protocol.signing import ASSERTION_TYPE, SigningPartner


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
