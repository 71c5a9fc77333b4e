"""The userinfo endpoint and its claims: OpenID Connect Core §5."""

from typing import Any

import pytest

from accounts.models import Account
from clients.models import Application
from idp.keys.material import Algorithm
from idp.models import Consent, SigningKey
from tests import factories
from tests.protocol import tokens
from tests.protocol.partner import Partner, body, refused

EVERYTHING = ["openid", "profile", "email", "address", "phone"]


def claims_of(partner: Partner, **grant: Any) -> dict[str, Any]:
    response = partner.userinfo(partner.tokens(**grant)["access_token"])
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/json"
    return body(response)


class TestClaims:
    """§5.1, §5.4."""

    def test_each_scope_releases_its_own_claims_and_no_others(self, partner: Partner) -> None:
        account = factories.account("ann@example.org", full_name="Ann Example")
        session = factories.session(account)
        assert claims_of(partner, session=session, scopes=["openid"]).keys() == {"sub"}
        Consent.objects.all().delete()
        profile = claims_of(partner, session=session, scopes=["openid", "profile"])
        assert profile.keys() == {"sub", "name"}
        assert profile["name"] == "Ann Example"
        Consent.objects.all().delete()
        email = claims_of(partner, session=session, scopes=["openid", "email"])
        assert email.keys() == {"sub", "email", "email_verified"}
        assert (email["email"], email["email_verified"]) == ("ann@example.org", True)

    def test_what_we_do_not_hold_is_left_out(self, partner: Partner) -> None:
        claims = claims_of(partner, scopes=EVERYTHING)
        assert claims.keys() == {"sub", "name", "email", "email_verified"}
        assert not [value for value in claims.values() if value in (None, "")]

    def test_a_test_account_has_whatever_claims_it_was_given(self) -> None:
        given = {
            "birthdate": "1980-02-29",
            "address": {"postal_code": "SE1 1AA"},
            "phone_number": "+442079460000",
            "phone_number_verified": False,
            "nickname": "",
            "picture": None,
        }
        partner = Partner.confidential(environment="sandbox", scopes=EVERYTHING)
        account = factories.test_resident(partner.application.organisation, test_claims=given)
        claims = claims_of(partner, account=account, scopes=EVERYTHING)
        assert claims["birthdate"] == "1980-02-29"
        assert claims["address"] == {"postal_code": "SE1 1AA"}
        assert claims["phone_number_verified"] is False
        assert not {"nickname", "picture"} & claims.keys()

    def test_test_claims_never_replace_subject_or_address(self) -> None:
        given = {"sub": "other", "email": "other@example.org", "email_verified": True}
        partner = Partner.confidential(environment="sandbox")
        account = factories.test_resident(partner.application.organisation, test_claims=given)
        claims = claims_of(partner, account=account)
        assert claims["email"] == account.sign_in_name
        assert claims["sub"] != "other"

    def test_values_are_as_they_are_now(self, partner: Partner) -> None:
        account = factories.account(full_name="Ann Example")
        token = partner.tokens(account=account)["access_token"]
        Account.objects.update(full_name="Ann Married")
        assert body(partner.userinfo(token))["name"] == "Ann Married"

    def test_a_claim_that_the_resident_did_not_agree_to_stays_here(self, partner: Partner) -> None:
        token = partner.tokens(scopes=["openid", "email"])["access_token"]
        Consent.objects.update(claims=["email"])
        assert body(partner.userinfo(token)).keys() == {"sub", "email"}


class TestSharedMailbox:
    """§5.1 `email_verified`: an address that several people read proves nobody's identity."""

    def test_a_shared_address_is_not_verified(self, partner: Partner) -> None:
        account = factories.account("family@example.org")
        factories.account("Family@Example.org", sign_in_name="bob")
        assert claims_of(partner, account=account)["email_verified"] is False


class TestSection531Request:
    """§5.3.1: GET, or POST with the token in the header or in the body (RFC 6750 §2)."""

    def test_each_way_gets_the_same_answer(self, partner: Partner) -> None:
        token = partner.tokens()["access_token"]
        header = {"Authorization": f"Bearer {token}"}
        answers = [
            partner.userinfo(token),
            partner.http.post("/userinfo", headers=header),
            partner.raw("/userinfo", f"access_token={token}"),
        ]
        assert {answer.status_code for answer in answers} == {200}
        assert {answer["Content-Type"] for answer in answers} == {"application/json"}
        assert body(answers[0]) == body(answers[1]) == body(answers[2])

    @pytest.mark.parametrize(
        "content_type", ["application/json", "text/plain", "multipart/form-data; boundary=x", ""]
    )
    def test_a_body_that_is_no_form_holds_no_token(
        self, partner: Partner, content_type: str
    ) -> None:
        token = partner.tokens()["access_token"]
        answer = partner.http.post("/userinfo", f"access_token={token}", content_type=content_type)
        assert refused(answer, "invalid_token", 401)

    @pytest.mark.parametrize("content_type", ["application/json", "text/plain"])
    def test_beside_the_header_it_does_not_matter(
        self, partner: Partner, content_type: str
    ) -> None:
        header = {"Authorization": f"Bearer {partner.tokens()['access_token']}"}
        answer = partner.http.post("/userinfo", "{}", content_type=content_type, headers=header)
        assert answer.status_code == 200

    @pytest.mark.parametrize("raw", [b"access_token=%ff", b"access_token=a&access_token=b"])
    def test_a_form_that_cannot_be_read_is_refused(self, partner: Partner, raw: bytes) -> None:
        assert refused(partner.raw("/userinfo", raw), "invalid_request")

    @pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
    def test_other_methods_are_refused(self, partner: Partner, method: str) -> None:
        answer = partner.http.generic(method, "/userinfo")
        assert (answer.status_code, answer["Allow"]) == (405, "GET, POST, HEAD, OPTIONS")


class TestSection532Signed:
    """§5.3.2: as a signed JWT for applications that registered so."""

    @pytest.mark.parametrize("algorithm", Algorithm)
    def test_it_holds_the_same_for_this_application_alone(self, algorithm: Algorithm) -> None:
        partner = Partner.confidential(userinfo_algorithm=algorithm)
        client_id = partner.application.client_id
        answer = partner.userinfo(partner.tokens()["access_token"])
        assert answer["Content-Type"] == "application/jwt"
        assert answer["Cache-Control"] == "no-store"
        token = answer.content.decode()
        assert (tokens.header(token)["alg"], tokens.header(token)["typ"]) == (algorithm, "JWT")
        claims = tokens.claims(token, client_id)
        Application.objects.update(userinfo_algorithm="")
        plain = claims_of(partner, account=Account.objects.get())
        assert claims == {**plain, "iss": tokens.ISSUER, "aud": client_id}

    def test_it_is_signed_by_its_own_algorithm_not_the_id_tokens(self) -> None:
        partner = Partner.confidential(algorithm="EdDSA", userinfo_algorithm="RS256")
        answer = partner.tokens()
        assert tokens.header(answer["id_token"])["alg"] == "EdDSA"
        signed = partner.userinfo(answer["access_token"]).content.decode()
        assert tokens.header(signed)["alg"] == "RS256"

    def test_by_post_it_is_signed_too(self) -> None:
        partner = Partner.confidential(userinfo_algorithm="ES256")
        token = partner.tokens()["access_token"]
        answer = partner.raw("/userinfo", f"access_token={token}")
        assert answer["Content-Type"] == "application/jwt"

    def test_refusals_are_not_signed(self) -> None:
        partner = Partner.confidential(userinfo_algorithm="ES256")
        assert refused(partner.userinfo("nonsense"), "invalid_token", 401)

    def test_without_a_key_there_is_no_answer_rather_than_an_unsigned_one(self) -> None:
        partner = Partner.confidential(userinfo_algorithm="PS256")
        token = partner.tokens()["access_token"]
        SigningKey.objects.filter(algorithm="PS256").delete()
        assert refused(partner.userinfo(token), "server_error", 503)


class TestSubject:
    """§5.3.2, §8.1."""

    def test_it_is_the_one_of_the_id_token_each_time(self, partner: Partner) -> None:
        account = factories.account()
        first, second = (claims_of(partner, account=account)["sub"] for _ in range(2))
        assert first == second

    def test_two_services_cannot_tell_that_they_know_the_same_person(
        self, partner: Partner
    ) -> None:
        account = factories.account()
        subjects = {
            claims_of(one, account=account)["sub"] for one in (partner, Partner.confidential())
        }
        assert len(subjects) == 2
        assert not any(str(account.pk) in subject for subject in subjects)

    def test_services_of_one_sector_share_it(self, partner: Partner) -> None:
        account = factories.account()
        twin = Partner.confidential(sector_identifier=partner.application.sector_identifier)
        subjects = {claims_of(one, account=account)["sub"] for one in (partner, twin)}
        assert len(subjects) == 1
