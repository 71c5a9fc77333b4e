"""RFC 8628 §3.1, §3.2: a device asks for its codes."""

from datetime import timedelta
from unittest import mock
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.utils import timezone

from accounts.limits.table import DEVICE_AUTHORIZATION
from clients.models import Application, Organisation
from idp.models import DeviceGrant
from idp.oidc.device import user_codes
from tests import factories
from tests.accounts.limits.filling import fill
from tests.protocol.devices import GRANT, Device, ask, maker
from tests.protocol.partner import Partner, basic, body, refused
from tests.protocol.signing import ASSERTION_TYPE, SigningPartner


class TestSection31Request:
    """§3.1: a POST of a form, authenticated as at the token endpoint."""

    @pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post", "none"])
    def test_every_method_of_authentication_works(self, method: str) -> None:
        partner = maker(public=method == "none", token_endpoint_auth_method=method)
        assert ask(partner).status_code == 200

    def test_a_signed_assertion_works(self) -> None:
        partner = SigningPartner.keyed(grant_types=[GRANT])
        assertion = {"client_assertion_type": ASSERTION_TYPE}
        assertion["client_assertion"] = partner.assertion()
        assert ask(partner, **assertion).status_code == 200

    def test_a_secret_is_not_to_be_left_out(self) -> None:
        partner = maker(public=False)
        wish = urlencode({"client_id": partner.application.client_id, "scope": "openid"})
        assert refused(partner.raw("/device-authorization", wish), "invalid_client", 401)
        wrong = basic(partner.application.client_id, "wrong")
        answer = partner.raw("/device-authorization", "scope=openid", Authorization=wrong)
        assert refused(answer, "invalid_client", 401)
        assert not DeviceGrant.objects.exists()

    def test_only_a_registered_grant_gives_codes(self, partner: Partner) -> None:
        assert refused(ask(partner), "unauthorized_client")
        assert not DeviceGrant.objects.exists()

    @pytest.mark.parametrize("model", [Application, Organisation])
    def test_a_suspended_application_gets_none(
        self, model: type[Application | Organisation]
    ) -> None:
        partner = maker()
        model.objects.update(status="suspended")
        assert refused(ask(partner), "invalid_client", 401)
        assert not DeviceGrant.objects.exists()

    @pytest.mark.parametrize("scope", ["", "profile", 'openid "', "openid \u00e9", "openid\tx"])
    def test_the_scope_must_hold_openid(self, scope: str) -> None:
        assert refused(ask(maker(), scope=scope), "invalid_scope")

    def test_scopes_beyond_the_registration_are_left_out(self) -> None:
        partner = maker(scopes=["openid", "profile"])
        device = Device.asks(partner, scope="openid profile email phone admin")
        assert device.row.scope == "openid profile"

    def test_a_resource_must_be_one_that_the_application_may_call(self) -> None:
        partner = maker()
        api = factories.resource(partner.application)
        assert Device.asks(partner, resource=api.identifier).row.resource == api.identifier
        other = factories.resource().identifier
        assert refused(ask(partner, resource=other), "invalid_target")
        two = urlencode(
            [
                ("client_id", partner.application.client_id),
                ("scope", "openid"),
                *(("resource", identifier) for identifier in (api.identifier, other)),
            ]
        )
        assert refused(partner.raw("/device-authorization", two), "invalid_target")

    def test_levels_that_we_know_are_kept_else_those_registered(self) -> None:
        partner = maker(default_acr_values=["phr"])
        assert Device.asks(partner, acr_values="x https://refeds.org/profile/mfa").row.acr_values
        assert Device.asks(partner).row.acr_values == ["phr"]

    def test_unknown_parameters_are_ignored(self) -> None:
        extra = {"redirect_uri": "https://evil.example/", "claims": "{", "prompt": "none", "x": "y"}
        assert ask(maker(), **extra).status_code == 200

    @pytest.mark.parametrize(
        "body_of_request",
        [
            b"scope=openid&scope=openid",
            b"scope=openid%00",
            b"scope=%FF",
            b"scope=" + b"x" * 40_000,
            b"&".join(b"p%d=x" % number for number in range(60)),
        ],
        ids=["twice", "nul", "not utf-8", "long", "many"],
    )
    def test_what_no_form_holds_is_refused(self, body_of_request: bytes) -> None:
        partner = maker()
        client = urlencode({"client_id": partner.application.client_id}).encode()
        answer = partner.raw("/device-authorization", client + b"&" + body_of_request)
        assert refused(answer, "invalid_request")

    def test_other_methods_and_bodies_are_refused(self) -> None:
        partner = maker()
        got = partner.http.get("/device-authorization")
        assert (got.status_code, got["Allow"]) == (405, "POST, OPTIONS")
        answer = partner.http.post(
            "/device-authorization", {"scope": "openid"}, content_type="application/json"
        )
        assert refused(answer, "invalid_request")

    def test_no_web_page_may_read_the_answer(self) -> None:
        partner = maker(redirect_uris="https://page.example.org/cb")
        sent = {"client_id": partner.application.client_id, "scope": "openid"}
        origin = {"Origin": "https://page.example.org"}
        answer = partner.raw("/device-authorization", urlencode(sent), **origin)
        assert answer.status_code == 200
        assert "Access-Control-Allow-Origin" not in answer


class TestSection32Response:
    """§3.2: two codes, where to type the one, and how often to poll with the other."""

    def test_it_holds_everything_and_is_never_stored(self) -> None:
        response = ask(maker())
        answer = body(response)
        assert list(answer) == [
            *("device_code", "user_code", "verification_uri", "verification_uri_complete"),
            *("expires_in", "interval"),
        ]
        assert answer["verification_uri"] == "http://localhost:8000/device"
        assert (answer["expires_in"], answer["interval"]) == (900, 5)
        assert response["Cache-Control"] == "no-store"

    def test_the_complete_address_holds_the_user_code(self) -> None:
        device = Device.asks()
        complete = urlsplit(device.answer["verification_uri_complete"])
        assert parse_qs(complete.query) == {"user_code": [device.user_code]}

    def test_the_device_code_has_256_random_bits(self) -> None:
        one, other = (Device.asks(maker()).answer["device_code"] for _number in range(2))
        assert len(one) == len(other) == 43
        assert one != other

    def test_neither_code_is_stored(self) -> None:
        device = Device.asks()
        stored = str(DeviceGrant.objects.values().get())
        assert device.answer["device_code"] not in stored
        assert device.user_code not in stored
        assert device.user_code.replace("-", "") not in stored

    def test_the_row_ends_when_the_answer_says(self) -> None:
        before = timezone.now()
        expires = Device.asks().row.expires
        assert before + timedelta(seconds=900) <= expires <= timezone.now() + timedelta(seconds=900)

    def test_a_user_code_that_another_device_shows_is_not_given_twice(self) -> None:
        shown = Device.asks().user_code.replace("-", "")
        codes = [shown, shown, "WDJBMJHT"]
        with mock.patch.object(user_codes, "new", side_effect=codes):
            assert Device.asks().user_code == "WDJB-MJHT"


class TestBounds:
    """§5.4: nobody fills our tables."""

    def test_too_many_codes_from_one_place_are_refused_until_the_window_ends(self) -> None:
        partner = maker()
        fill(DEVICE_AUTHORIZATION, partner.application.client_id, "127.0.0.1")
        answer = ask(partner)
        assert refused(answer, "temporarily_unavailable", 429)
        assert 0 < int(answer["Retry-After"]) <= DEVICE_AUTHORIZATION.window.total_seconds()
        assert not DeviceGrant.objects.exists()
        assert ask(maker()).status_code == 200
