"""Client authentication at the token endpoint: RFC 6749 §2.3."""

from base64 import b64encode
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from clients.models import Application, ClientSecret, Organisation
from tests import factories
from tests.factories import REDIRECT_URI, VERIFIER
from tests.protocol.partner import Partner, basic, body, refused


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

    @pytest.mark.parametrize("name", ["client_assertion", "client_assertion_type"])
    def test_an_assertion_beside_a_secret_is_a_second_method(
        self, partner: Partner, name: str
    ) -> None:
        response = partner.post("/token", {"grant_type": "x", name: "e30.e30.e30"})
        assert refused(response, "invalid_request")

    def test_failures_are_limited(self, partner: Partner) -> None:
        right, partner.secret = partner.secret, "wrong"
        answers = {partner.post("/token", {"grant_type": "x"}).status_code for _ in range(61)}
        assert answers == {401, 429}
        partner.secret = right
        assert partner.tokens(), "the right secret still works: nobody else can use it up"


@pytest.mark.parametrize("named", ["", "a' reference=forged", "x" * 200])
def test_the_log_tells_whom_a_failed_caller_claims_to_be(
    partner: Partner, caplog: pytest.LogCaptureFixture, named: str
) -> None:
    client_id = named or partner.application.client_id
    with caplog.at_level("INFO", logger="idp.oidc.errors"):
        response = partner.raw(
            "/token", exchange_body(partner), Authorization=basic(client_id, "wrong secret")
        )
    assert response.status_code == 401
    assert f"client={client_id[:64]!a} " in caplog.text
    assert "wrong secret" not in caplog.text
