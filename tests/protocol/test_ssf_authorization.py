"""OpenID SSF §8, CAEP Interoperability Profile §2.7: who may manage a stream, and by what token."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from clients.applications import operations as applications
from clients.models import Application
from tests import factories
from tests.protocol import tokens
from tests.protocol.partner import Partner, body, refused
from tests.protocol.receiver import EVENTFUL, STREAM, Receiver
from tests.protocol.test_rfc6750_bearer import EITHER

ENDPOINTS = [
    *(("GET", STREAM), ("POST", STREAM), ("PATCH", STREAM), ("PUT", STREAM), ("DELETE", STREAM)),
    *(("GET", "/ssf/status"), ("POST", "/ssf/status"), ("POST", "/ssf/subjects/add")),
    *(("POST", "/ssf/subjects/remove"), ("POST", "/ssf/verify"), ("POST", "/ssf/poll")),
]
READING = {("GET", STREAM), ("GET", "/ssf/status"), ("POST", "/ssf/poll")}
every_endpoint = pytest.mark.parametrize("method, path", ENDPOINTS)


def asked(program: Partner, scope: str, **more: str) -> tuple[int, str]:
    sent = {"grant_type": "client_credentials", "scope": scope, **more}
    answer = program.post("/token", sent)
    return answer.status_code, body(answer).get("error", body(answer).get("scope", ""))


class TestGettingAToken:
    """RFC 6749 §4.4: the application asks in its own name, and an operator allowed it."""

    @pytest.mark.parametrize("scope", ["ssf.read", "ssf.manage", "ssf.read ssf.manage"])
    @pytest.mark.parametrize("more", [{}, {"resource": tokens.ISSUER}])
    def test_it_is_for_this_provider(self, scope: str, more: dict[str, str]) -> None:
        token = Receiver.new().own_token(scope, **more)
        claims = tokens.claims(token, tokens.ISSUER)
        assert (claims["scope"], claims["sub"]) == (scope, claims["client_id"])

    def test_without_leave_there_is_none(self) -> None:
        program = Partner.confidential(**{**EVENTFUL, "receives_events": False})
        for more in ({}, {"resource": tokens.ISSUER}):
            assert asked(program, "ssf.read", **more) == (400, "unauthorized_client")

    @pytest.mark.parametrize("scope", ["", "openid", "ssf.read openid", "ssf.everything"])
    def test_no_other_scope_is_for_this_provider(self, scope: str) -> None:
        receiver = Receiver.new()
        assert asked(receiver, scope, resource=tokens.ISSUER) == (400, "invalid_scope")

    def test_an_application_for_residents_gets_no_token_in_its_own_name_for_an_api(self) -> None:
        """That it may call an API for residents who agreed lets it do nothing there without."""
        receiver = Receiver.new()
        api = factories.resource(receiver.application)
        for more in ({}, {"resource": api.identifier}):
            assert asked(receiver, "bins:read", **more) == (400, "unauthorized_client")

    def test_the_apis_of_a_service_stay_as_they_were(self) -> None:
        receiver = Receiver.new(grant_types=["client_credentials"])
        api = factories.resource(receiver.application)
        assert asked(receiver, "bins:read") == (200, "bins:read")
        assert asked(receiver, "ssf.read", resource=api.identifier) == (400, "invalid_scope")
        assert asked(receiver, "ssf.read bins:read") == (400, "invalid_scope")


class TestPresentingIt:
    """RFC 6750 §3: 401 without a good token, 403 for one that is good for something else."""

    @every_endpoint
    def test_none_is_challenged_without_an_error(self, method: str, path: str) -> None:
        receiver = Receiver.new()
        receiver.token = ""
        answer = receiver.call(method, path)
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, EITHER.format("events"))

    @every_endpoint
    def test_one_that_is_none_is_refused(self, method: str, path: str) -> None:
        receiver = Receiver.new()
        receiver.token = "invalid:1234"
        answer = receiver.call(method, path, {"stream_id": "x"}, stream_id="x")
        assert refused(answer, "invalid_token", 401)
        assert 'error="invalid_token"' in answer["WWW-Authenticate"]

    @every_endpoint
    def test_reading_is_not_managing(self, method: str, path: str) -> None:
        receiver = Receiver.new("ssf.read")
        answer = receiver.call(method, path, {"stream_id": "x"}, stream_id="x")
        if (method, path) in READING:
            assert answer.status_code == 404
        else:
            assert refused(answer, "insufficient_scope", 403)
            assert 'scope="ssf.manage"' in answer["WWW-Authenticate"]

    def test_managing_is_reading_too(self) -> None:
        receiver = Receiver.new("ssf.manage")
        receiver.made_stream()
        assert receiver.call("GET", STREAM).status_code == 200
        assert receiver.poll()["sets"] == {}

    @every_endpoint
    def test_a_residents_token_is_for_userinfo_alone(self, method: str, path: str) -> None:
        receiver = Receiver.new()
        receiver.token = receiver.tokens()["access_token"]
        assert refused(receiver.call(method, path), "insufficient_scope", 403)

    def test_one_for_an_api_is_none_here(self) -> None:
        receiver = Receiver.new(grant_types=["client_credentials"])
        factories.resource(receiver.application, scopes=["ssf.read", "ssf.manage"])
        api = factories.resource(receiver.application)
        receiver.token = receiver.own_token("bins:read", resource=api.identifier)
        assert refused(receiver.call("GET", STREAM), "invalid_token", 401)

    def test_one_for_streams_is_none_at_userinfo(self) -> None:
        receiver = Receiver.new()
        assert refused(receiver.userinfo(receiver.token), "invalid_token", 401)

    def test_it_is_taken_from_the_header_alone(self) -> None:
        receiver = Receiver.new()
        token, receiver.token = receiver.token, ""
        answer = receiver.call("GET", STREAM, access_token=token)
        assert answer.status_code == 401

    def test_an_expired_one_is_refused(self) -> None:
        receiver = Receiver.new()
        over = timezone.now() + settings.ACCESS_TOKEN_LIFETIME + timedelta(seconds=1)
        with time_machine.travel(over, tick=False):
            assert refused(receiver.call("GET", STREAM), "invalid_token", 401)

    def test_a_revoked_one_is_refused(self) -> None:
        receiver = Receiver.new()
        receiver.revoke(receiver.token)
        assert refused(receiver.call("GET", STREAM), "invalid_token", 401)

    def test_a_suspended_application_has_none(self) -> None:
        receiver = Receiver.new()
        applications.suspend(application=receiver.application, by=OPERATOR)
        assert refused(receiver.call("GET", STREAM), "invalid_token", 401)

    def test_what_an_operator_took_back_is_gone_at_once(self) -> None:
        receiver = Receiver.new()
        Application.objects.update(receives_events=False)
        assert refused(receiver.call("GET", STREAM), "insufficient_scope", 403)
