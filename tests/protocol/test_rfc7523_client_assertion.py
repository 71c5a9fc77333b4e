"""private_key_jwt: RFC 7523 §3, RFC 7521 §4.2, OIDC Core §9."""

from datetime import timedelta
from time import time
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts.retention.operations import purge
from clients.models import Application, Organisation
from idp.models import UsedJti
from tests import factories
from tests.protocol.high import HIGH
from tests.protocol.partner import Partner, basic, body, refused
from tests.protocol.signing import ASSERTION_TYPE, ISSUER, SigningPartner, signing_key
from tests.protocol.test_statement_counts import statements


@pytest.fixture
def partner() -> SigningPartner:
    return SigningPartner.keyed()


def accepted(partner: SigningPartner, **changes: Any) -> bool:
    return partner.present(partner.assertion(**changes)).status_code == 200


def is_refused(partner: SigningPartner, **changes: Any) -> bool:
    answer = partner.present(partner.assertion(**changes))
    assert not UsedJti.objects.exists()
    return refused(answer, "invalid_client", 401)


class TestSection3:
    """RFC 7523 §3: what an assertion must hold."""

    def test_a_code_is_exchanged_with_one(self, partner: SigningPartner) -> None:
        assert partner.exchange(factories.grant(partner.application)).status_code == 200

    def test_a_refresh_token_is_used_and_revoked_with_one(self, partner: SigningPartner) -> None:
        refreshed = partner.refresh(partner.tokens()["refresh_token"])
        assert partner.revoke(body(refreshed)["refresh_token"]).status_code == 200

    @pytest.mark.parametrize("algorithm", ["ES256", "RS256", "PS256", "EdDSA"])
    def test_it_is_signed_by_any_algorithm_of_the_metadata(self, algorithm: str) -> None:
        partner = SigningPartner.keyed(algorithm)
        metadata = body(partner.http.get("/.well-known/openid-configuration"))
        assert algorithm in metadata["token_endpoint_auth_signing_alg_values_supported"]
        assert accepted(partner)

    @pytest.mark.parametrize("name", ["iss", "sub", "aud", "exp", "jti"])
    def test_what_it_needs_may_not_be_missing(self, partner: SigningPartner, name: str) -> None:
        assert is_refused(partner, **{name: None})

    @pytest.mark.parametrize("name", ["iat", "nbf"])
    def test_what_it_does_not_need_may_be_missing(self, partner: SigningPartner, name: str) -> None:
        assert accepted(partner, **{name: None})

    @pytest.mark.parametrize("name", ["iss", "sub", "aud", "exp", "jti", "nbf", "iat"])
    @pytest.mark.parametrize("value", ["", True, {}, [], [["x"]], -1, 10**400, 1.5e300])
    def test_what_is_of_the_wrong_type_is_refused(
        self, partner: SigningPartner, name: str, value: object
    ) -> None:
        assert is_refused(partner, **{name: value})

    @pytest.mark.parametrize("name", ["exp", "nbf", "iat"])
    def test_a_time_as_text_is_refused(self, partner: SigningPartner, name: str) -> None:
        assert is_refused(partner, **{name: str(int(time()) + 5)})

    @pytest.mark.parametrize("name", ["iss", "sub"])
    def test_it_is_of_the_application_about_the_application(
        self, partner: SigningPartner, name: str
    ) -> None:
        other = SigningPartner.keyed()
        assert is_refused(partner, **{name: other.application.client_id})
        assert is_refused(partner, **{name: ISSUER})

    def test_an_expired_one_is_refused(self, partner: SigningPartner) -> None:
        assert is_refused(partner, exp=int(time()))
        assert is_refused(partner, exp=int(time()) - 3600)

    def test_one_lives_for_five_minutes_at_most_and_clocks_may_differ_by_one(
        self, partner: SigningPartner
    ) -> None:
        assert accepted(partner, exp=int(time()) + 355)
        assert accepted(partner, exp=time() + 60.5)
        UsedJti.objects.all().delete()
        assert is_refused(partner, exp=int(time()) + 365)

    @pytest.mark.parametrize("name", ["nbf", "iat"])
    def test_one_of_the_future_is_refused_but_clocks_may_differ_by_seconds(
        self, partner: SigningPartner, name: str
    ) -> None:
        assert accepted(partner, **{name: int(time()) + 11})
        UsedJti.objects.all().delete()
        assert is_refused(partner, **{name: int(time()) + 61})

    @pytest.mark.parametrize("column", ["response_type", "typ"])
    def test_what_is_meant_as_a_request_object_is_no_assertion(
        self, partner: SigningPartner, column: str
    ) -> None:
        """RFC 9101 §10.8."""
        claims = partner.claims(**({"response_type": "code"} if column == "response_type" else {}))
        typ = "oauth-authz-req+jwt" if column == "typ" else "JWT"
        answer = partner.present(partner.key.sign(claims, typ=typ))
        assert refused(answer, "invalid_client", 401)

    @pytest.mark.parametrize(
        "typ", [None, "JWT", "jwt", "application/jwt", "client-authentication+jwt"]
    )
    def test_its_typ_may_say_what_it_is(self, partner: SigningPartner, typ: str | None) -> None:
        assert partner.present(partner.key.sign(partner.claims(), typ=typ)).status_code == 200

    @pytest.mark.parametrize("typ", ["at+jwt", "logout+jwt", "dpop+jwt", "JOSE", 1, ["JWT"]])
    def test_another_kind_of_jwt_is_refused(self, partner: SigningPartner, typ: object) -> None:
        answer = partner.present(partner.key.sign(partner.claims(), typ=typ))
        assert refused(answer, "invalid_client", 401)


class TestAudience:
    """RFC 7523 §3 item 3, RFC 9126 §2: by profile."""

    @pytest.mark.parametrize(
        "audience",
        [
            *(ISSUER, f"{ISSUER}/token", f"{ISSUER}/par"),
            *([ISSUER], [f"{ISSUER}/token"], [ISSUER, f"{ISSUER}/token"]),
        ],
    )
    def test_in_the_standard_profile_it_is_this_provider(
        self, partner: SigningPartner, audience: object
    ) -> None:
        assert accepted(partner, aud=audience)

    @pytest.mark.parametrize(
        "audience",
        [
            *("https://other.example.org", f"{ISSUER}/", f"{ISSUER}/revoke", "token", ISSUER[:-1]),
            *([], [ISSUER, "https://other.example.org"], [[ISSUER]], {"aud": ISSUER}, [ISSUER, 1]),
        ],
    )
    def test_another_or_another_besides_is_refused(
        self, partner: SigningPartner, audience: object
    ) -> None:
        assert is_refused(partner, aud=audience)

    def test_in_the_high_profile_it_is_the_issuer_as_one_text(self) -> None:
        """FAPI 2.0 Security Profile §5.3.2.1."""
        partner = SigningPartner.keyed(**HIGH)
        assert is_refused(partner, aud=f"{ISSUER}/token")
        assert is_refused(partner, aud=f"{ISSUER}/par")
        assert is_refused(partner, aud=[ISSUER])
        assert accepted(partner, aud=ISSUER)


class TestReplay:
    """RFC 7523 §3 item 7: each jti once."""

    def test_one_that_was_used_is_refused(self, partner: SigningPartner) -> None:
        assertion = partner.assertion()
        assert partner.present(assertion).status_code == 200
        answer = partner.present(assertion)
        assert refused(answer, "invalid_client", 401)
        assert "used before" in body(answer)["error_description"]

    def test_another_assertion_with_the_same_jti_is_refused(self, partner: SigningPartner) -> None:
        assert accepted(partner, jti="one", exp=int(time()) + 30)
        assert not accepted(partner, jti="one", exp=int(time()) + 90)

    def test_two_applications_may_choose_the_same_jti(self, partner: SigningPartner) -> None:
        assert accepted(partner, jti="one")
        assert accepted(SigningPartner.keyed(), jti="one")

    def test_another_application_cannot_use_it(self, partner: SigningPartner) -> None:
        assertion, other = partner.assertion(), SigningPartner.keyed()
        named = other.present(assertion, client_id=other.application.client_id)
        assert refused(named, "invalid_client", 401)
        secret = Partner.confidential()
        both = secret.raw(
            "/revoke",
            f"token=x&client_assertion_type={ASSERTION_TYPE}&client_assertion={assertion}",
            Authorization=basic(secret.application.client_id, secret.secret),
        )
        assert refused(both, "invalid_request")
        assert partner.present(assertion).status_code == 200, "nobody used it up"

    def test_nobody_without_the_key_can_use_one_up(self, partner: SigningPartner) -> None:
        claims = partner.claims()
        forged = signing_key("ES256", "forged").sign(claims, kid=partner.key.kid)
        assert refused(partner.present(forged), "invalid_client", 401)
        assert partner.present(partner.key.sign(claims)).status_code == 200

    def test_it_is_kept_until_it_expires_and_no_longer(self, partner: SigningPartner) -> None:
        with time_machine.travel(timezone.now(), tick=False) as clock:
            assertion = partner.assertion(exp=int(time()) + 60)
            partner.present(assertion)
            for moved, kept in ((timedelta(seconds=59), 1), (timedelta(seconds=1), 0)):
                clock.shift(moved)
                purge(now=timezone.now())
                assert UsedJti.objects.count() == kept
                assert refused(partner.present(assertion), "invalid_client", 401)

    def test_the_table_holds_no_jti_in_clear(self, partner: SigningPartner) -> None:
        assert accepted(partner, jti="name-of-a-person" * 50)
        assert len(UsedJti.objects.get().jti_hash) == 64


class TestMethod:
    """RFC 7521 §4.2, OIDC Core §9: one method, the registered one."""

    @pytest.mark.parametrize("kind", ["", "urn:ietf:params:oauth:grant-type:jwt-bearer", "x" * 999])
    def test_the_type_of_assertion_must_be_right(self, partner: SigningPartner, kind: str) -> None:
        answer = partner.present(partner.assertion(), client_assertion_type=kind)
        assert refused(answer, "invalid_client", 401)

    def test_a_type_without_an_assertion_is_refused(self, partner: SigningPartner) -> None:
        assert refused(partner.present(""), "invalid_client", 401)

    def test_the_client_id_may_be_repeated(self, partner: SigningPartner) -> None:
        client_id = partner.application.client_id
        assert partner.present(partner.assertion(), client_id=client_id).status_code == 200

    @pytest.mark.parametrize("more", ["client_secret=x", "Authorization"])
    def test_a_second_method_beside_it_is_refused(self, partner: SigningPartner, more: str) -> None:
        parameters = {"token": "x", "client_assertion": partner.assertion()}
        if more == "Authorization":
            answer = partner.post("/revoke", parameters, Authorization=basic("x", "y"))
        else:
            answer = partner.post("/revoke", {**parameters, "client_secret": "x"})
        assert refused(answer, "invalid_request")

    @pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post", "none"])
    def test_it_is_refused_where_another_method_is_registered(self, method: str) -> None:
        public = method == "none"
        partner = SigningPartner.keyed(public=public, token_endpoint_auth_method=method)
        assert is_refused(partner)

    @pytest.mark.parametrize("header", [True, False])
    def test_a_secret_is_refused_where_it_is_registered(
        self,
        partner: SigningPartner,
        header: bool,  # noqa: FBT001 - from the parameters
    ) -> None:
        secret = factories.client_secret(partner.application)
        client_id = partner.application.client_id
        credentials = "" if header else f"&client_id={client_id}&client_secret={secret}"
        headers = {"Authorization": basic(client_id, secret)} if header else {}
        answer = partner.raw("/revoke", f"token=x{credentials}", **headers)
        assert refused(answer, "invalid_client", 401)

    def test_an_unknown_application_and_a_wrong_signature_look_alike(
        self, partner: SigningPartner
    ) -> None:
        unknown = partner.assertion(iss="nobody", sub="nobody")
        forged = signing_key("ES256", "forged").sign(partner.claims())
        texts = {
            body(partner.present(one))["error_description"].split("Reference")[0]
            for one in (unknown, forged)
        }
        assert len(texts) == 1

    def test_a_suspended_application_gets_nothing(self, partner: SigningPartner) -> None:
        Application.objects.update(status=Application.Status.SUSPENDED)
        assert is_refused(partner)

    def test_an_application_of_a_suspended_organisation_gets_nothing(
        self, partner: SigningPartner
    ) -> None:
        Organisation.objects.update(status=Organisation.Status.SUSPENDED)
        assert is_refused(partner)

    def test_an_algorithm_that_is_registered_is_the_only_one(self) -> None:
        key = signing_key("PS256")
        partner = SigningPartner.keyed("RS256", jwks={"keys": [key.jwk]})
        partner.key = key
        assert accepted(partner)
        UsedJti.objects.all().delete()
        partner.application.assertion_algorithm = "RS256"
        partner.application.save(update_fields=["assertion_algorithm"])
        assert is_refused(partner)

    def test_failures_are_limited_and_the_right_key_still_works(
        self, partner: SigningPartner
    ) -> None:
        right, partner.key = partner.key, signing_key("ES256", "forged")
        answers = {partner.present(partner.assertion()).status_code for _ in range(61)}
        assert answers == {401, 429}
        partner.key = right
        assert accepted(partner)


def test_it_takes_one_statement_more_than_a_secret(partner: SigningPartner) -> None:
    with_secret = Partner.confidential()
    assert statements(lambda: with_secret.revoke("nonsense.a.b")) == 1
    assert statements(lambda: partner.revoke("nonsense.a.b")) == 2
    with_secret.tokens()  # parses the key, which the process then keeps
    issued = factories.grant(partner.application)
    assert statements(lambda: partner.exchange(issued)) == 8
