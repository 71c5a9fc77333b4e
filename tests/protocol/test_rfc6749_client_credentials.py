"""Tokens for programs in their own name: RFC 6749 §4.4, RFC 9068, RFC 8707."""

from typing import Any

import jwt
import pytest

from accounts.audit.actor import OPERATOR
from clients.applications import operations as applications
from clients.models import Resource
from clients.organisations import operations as organisations
from idp.keys.queries import signing_key
from idp.models import AccessToken, RefreshToken, SigningKey
from tests import factories
from tests.protocol import tokens
from tests.protocol.partner import Partner, basic, body, refused
from tests.protocol.signing import SigningPartner
from tests.protocol.test_statement_counts import statements

SERVICE: dict[str, Any] = {
    "grant_types": ["client_credentials"],
    "redirect_uris": "",
    "scopes": [],
}


@pytest.fixture
def program() -> Partner:
    return Partner.confidential(**SERVICE)


@pytest.fixture
def api(program: Partner) -> Resource:
    return factories.resource(program.application)


def ask(program: Partner, **changes: str) -> Any:  # noqa: ANN401 - Django's test response
    right = {"grant_type": "client_credentials", "scope": "bins:read", **changes}
    return program.post("/token", {name: text for name, text in right.items() if text})


class TestAccessTokenRequest:
    """RFC 6749 §4.4.2."""

    @pytest.mark.usefixtures("api")
    @pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
    def test_a_program_with_its_secret_gets_a_token(self, program: Partner, method: str) -> None:
        program.application.token_endpoint_auth_method = method
        program.application.save()
        assert ask(program).status_code == 200

    def test_so_does_one_with_its_key(self) -> None:
        program = SigningPartner.keyed(**SERVICE)
        factories.resource(program.application)
        assert ask(program).status_code == 200

    @pytest.mark.usefixtures("api")
    def test_a_wrong_or_empty_secret_is_refused(self, program: Partner) -> None:
        for secret in ("wrong", ""):
            program.secret = secret
            assert refused(ask(program), "invalid_client", 401)
        assert not AccessToken.objects.exists()

    def test_a_public_application_never_may(self) -> None:
        public = Partner.public(**SERVICE)
        factories.resource(public.application)
        assert refused(ask(public), "unauthorized_client")

    def test_an_application_for_residents_may_not(self, partner: Partner) -> None:
        factories.resource(partner.application)
        assert refused(ask(partner), "unauthorized_client")

    @pytest.mark.usefixtures("api")
    def test_a_program_may_nothing_else(self, program: Partner) -> None:
        for grant in ("authorization_code", "refresh_token"):
            answer = program.post("/token", {"grant_type": grant, "code": "x"})
            assert refused(answer, "unauthorized_client")
        address = f"/authorize?client_id={program.application.client_id}&response_type=code"
        page = program.http.get(f"{address}&redirect_uri={factories.REDIRECT_URI}&scope=openid")
        assert page.status_code == 400

    @pytest.mark.usefixtures("api")
    def test_one_that_is_suspended_may_nothing(self, program: Partner) -> None:
        applications.suspend(application=program.application, by=OPERATOR)
        assert refused(ask(program), "invalid_client", 401)

    @pytest.mark.usefixtures("api")
    def test_one_of_a_suspended_organisation_may_nothing(self, program: Partner) -> None:
        organisations.suspend(organisation=program.application.organisation, by=OPERATOR)
        assert refused(ask(program), "invalid_client", 401)

    @pytest.mark.usefixtures("api")
    def test_nobody_gets_a_token_that_cannot_be_signed(self, program: Partner) -> None:
        SigningKey.objects.all().delete()
        answer = ask(program)
        assert (answer.status_code, body(answer)["error"]) == (503, "server_error")


class TestAccessTokenResponse:
    """RFC 6749 §4.4.3."""

    @pytest.mark.usefixtures("api")
    def test_it_is_an_access_token_and_nothing_more(self, program: Partner) -> None:
        answer = ask(program)
        assert body(answer).keys() == {"access_token", "token_type", "expires_in", "scope"}
        got = body(answer)
        assert (got["token_type"], got["expires_in"], got["scope"]) == ("Bearer", 300, "bins:read")
        assert (answer["Cache-Control"], answer["Pragma"]) == ("no-store", "no-cache")
        assert not RefreshToken.objects.exists()

    def test_its_claims_name_the_program_alone(self, program: Partner, api: Resource) -> None:
        token = body(ask(program))["access_token"]
        assert tokens.header(token)["typ"] == "at+jwt"
        claims = tokens.claims(token, api.identifier)
        client_id = program.application.client_id
        assert (claims["sub"], claims["client_id"]) == (client_id, client_id)
        assert claims.keys() == {
            *("iss", "aud", "sub", "client_id", "exp", "iat", "jti", "scope"),
        }

    def test_its_row_stands_on_no_resident(self, program: Partner, api: Resource) -> None:
        claims = tokens.claims(body(ask(program))["access_token"], api.identifier)
        row = AccessToken.objects.get()
        assert (row.user, row.consent, row.session) == (None, None, None)
        assert (str(row.jti), row.resource) == (claims["jti"], api.identifier)

    @pytest.mark.parametrize("algorithm", ["ES256", "RS256", "PS256", "EdDSA"])
    def test_the_applications_algorithm_signs(self, algorithm: str) -> None:
        program = Partner.confidential(**SERVICE, algorithm=algorithm)
        factories.resource(program.application)
        assert tokens.header(body(ask(program))["access_token"])["alg"] == algorithm


class TestScope:
    """RFC 6749 §3.3."""

    @pytest.mark.usefixtures("api")
    def test_it_is_what_was_asked_for(self, program: Partner) -> None:
        assert body(ask(program, scope="bins:write bins:read bins:write"))["scope"] == (
            "bins:write bins:read"
        )

    @pytest.mark.usefixtures("api")
    @pytest.mark.parametrize("scope", ["openid", "bins:read openid", "bins", "bins:read\tx", "é"])
    def test_what_the_resource_does_not_know_is_refused(self, program: Partner, scope: str) -> None:
        assert refused(ask(program, scope=scope), "invalid_scope")

    @pytest.mark.usefixtures("api")
    def test_left_out_it_never_means_everything(self, program: Partner) -> None:
        answer = ask(program, scope="")
        assert refused(answer, "invalid_scope")
        assert "bins:read bins:write" in body(answer)["error_description"]  # what it may ask for

    def test_a_resource_without_scopes_needs_none(self, program: Partner) -> None:
        factories.resource(program.application, scopes=[])
        assert body(ask(program, scope=""))["scope"] == ""
        answer = ask(program)
        assert refused(answer, "invalid_scope")
        assert "ask for none" in body(answer)["error_description"]

    @pytest.mark.usefixtures("api")
    def test_ten_thousand_are_refused(self, program: Partner) -> None:
        many = " ".join(f"s{number}" for number in range(10_000))
        assert refused(ask(program, scope=many), "invalid_request")
        assert refused(ask(program, scope=many[:20_000]), "invalid_scope")


class TestResource:
    """RFC 8707 §2."""

    def test_one_of_several_is_named(self, program: Partner, api: Resource) -> None:
        other = factories.resource(program.application, scopes=["other"])
        token = body(ask(program, resource=other.identifier, scope="other"))["access_token"]
        assert tokens.claims(token, other.identifier)["scope"] == "other"
        # The words of one mean nothing at another.
        assert refused(ask(program, resource=api.identifier, scope="other"), "invalid_scope")

    @pytest.mark.usefixtures("api")
    def test_with_several_one_must_be_named(self, program: Partner) -> None:
        factories.resource(program.application)
        assert refused(ask(program), "invalid_target")

    def test_several_at_once_are_refused(self, program: Partner, api: Resource) -> None:
        other = factories.resource(program.application)
        named = f"{api.identifier} {other.identifier}"
        assert refused(ask(program, resource=named), "invalid_target")

    def test_a_program_that_calls_nothing_gets_nothing(self, program: Partner) -> None:
        theirs = factories.resource(factories.application())
        assert refused(ask(program), "invalid_target")
        assert refused(ask(program, resource=theirs.identifier), "invalid_target")
        assert not AccessToken.objects.exists()

    @pytest.mark.usefixtures("api")
    def test_nobody_gets_one_for_ourselves(self, program: Partner) -> None:
        assert refused(ask(program, resource=tokens.ISSUER), "invalid_target")

    def test_none_is_for_a_resource_of_a_suspended_organisation(
        self, program: Partner, api: Resource
    ) -> None:
        organisations.suspend(organisation=api.organisation, by=OPERATOR)
        assert refused(ask(program), "invalid_target")


class TestSecurity:
    """RFC 9068 §4, §5."""

    @pytest.mark.usefixtures("api")
    def test_userinfo_refuses_it(self, program: Partner) -> None:
        token = body(ask(program))["access_token"]
        assert refused(program.userinfo(token), "invalid_token", 401)

    def test_userinfo_refuses_it_even_if_it_were_for_us(
        self, program: Partner, api: Resource
    ) -> None:
        claims = tokens.claims(body(ask(program))["access_token"], api.identifier)
        key = signing_key("ES256")
        forged = jwt.encode(
            {**claims, "aud": tokens.ISSUER, "scope": "openid"},
            key.private,
            algorithm="ES256",
            headers={"kid": key.kid, "typ": "at+jwt"},
        )
        assert refused(program.userinfo(forged), "invalid_token", 401)

    @pytest.mark.usefixtures("api")
    def test_it_ends_with_its_application(self, program: Partner) -> None:
        assert ask(program).status_code == 200
        applications.suspend(application=program.application, by=OPERATOR)
        assert AccessToken.objects.get().revoked_at is not None

    @pytest.mark.usefixtures("api")
    def test_its_program_may_revoke_it_and_no_other_may(self, program: Partner) -> None:
        token = body(ask(program))["access_token"]
        assert refused(Partner.confidential().revoke(token), "invalid_grant")
        assert program.revoke(token).status_code == 200
        assert AccessToken.objects.get().revoked_at is not None


class TestCost:
    """Statements, transaction control left out."""

    @pytest.mark.usefixtures("api")
    def test_a_secret_takes_2(self, program: Partner) -> None:
        assert ask(program).status_code == 200  # parses the key, which the process then keeps
        assert statements(lambda: ask(program)) == 2

    def test_a_key_takes_one_more(self) -> None:
        program = SigningPartner.keyed(**SERVICE)
        factories.resource(program.application)
        assert ask(program).status_code == 200
        assert statements(lambda: ask(program)) == 3

    @pytest.mark.usefixtures("api")
    def test_a_refusal_takes_1_or_with_its_count_and_its_cause_3(self, program: Partner) -> None:
        assert statements(lambda: ask(program, scope="openid")) == 1
        wrong = basic(program.application.client_id, "wrong")
        asked = "grant_type=client_credentials"
        assert statements(lambda: program.raw("/token", asked, Authorization=wrong)) == 3
