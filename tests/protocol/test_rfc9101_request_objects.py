"""RFC 9101 and OpenID Connect Core §6.1: requests that the application signed, by value."""

from typing import Any

import pytest

from accounts.models import Account
from idp.models import AuthorizationRequest
from tests import factories
from tests.protocol.partner import refused
from tests.protocol.resident import (
    Resident,
    parameters,
    path,
    sent,
)
from tests.protocol.signed_requests import EVIL, ask, is_shown, signed, wish
from tests.protocol.signing import ISSUER, SigningPartner, signing_key

ALGORITHMS = ("ES256", "RS256", "PS256", "EdDSA")


@pytest.fixture
def signer() -> SigningPartner:
    return SigningPartner.keyed()


class TestByValue:
    """RFC 9101 §5.1, OIDC Core §6.1."""

    @pytest.mark.parametrize("algorithm", ALGORITHMS)
    def test_what_was_signed_is_asked(
        self, resident: Resident, account: Account, algorithm: str
    ) -> None:
        signer = SigningPartner.keyed(algorithm)
        resident.sign_in(account)
        page = ask(resident, signer, request=signed(signer))
        assert path(page) == "/consent"
        answer = sent(resident.press(page, "share"))
        assert (set(answer), answer["state"]) == ({"code", "state", "iss"}, "inside")

    def test_any_application_with_keys_may_sign_however_it_authenticates(
        self, resident: Resident
    ) -> None:
        key = signing_key("ES256")
        application = factories.application(public=True, jwks={"keys": [key.jwk]})
        signer = SigningPartner(application, key=key)
        assert path(ask(resident, signer, request=signed(signer))) == "/sign-in"

    @pytest.mark.parametrize("typ", [None, "JWT", "jwt", "application/oauth-authz-req+jwt"])
    def test_each_typ_that_a_request_may_have(
        self, resident: Resident, signer: SigningPartner, typ: str | None
    ) -> None:
        token = signer.key.sign(wish(signer), typ=typ)
        assert path(ask(resident, signer, request=token)) == "/sign-in"

    def test_who_it_is_from_and_for_and_when_may_be_left_out(
        self, resident: Resident, signer: SigningPartner
    ) -> None:
        token = signed(signer, iss=None, aud=None, iat=None, nbf=None, exp=None)
        assert path(ask(resident, signer, request=token)) == "/sign-in"

    @pytest.mark.parametrize("others", [[], ["https://other.example"], ["https://a.example", "b"]])
    def test_it_may_be_for_other_servers_too(
        self, resident: Resident, signer: SigningPartner, others: list[str]
    ) -> None:
        token = signed(signer, aud=[*others, ISSUER])
        assert path(ask(resident, signer, request=token)) == "/sign-in"

    def test_parameters_outside_count_for_nothing(
        self, resident: Resident, signer: SigningPartner, account: Account
    ) -> None:
        resident.sign_in(account)
        outside = {
            "redirect_uri": EVIL,
            "state": "outside",
            "nonce": "outside",
            "prompt": "none",
            "response_mode": "form_post",
            "code_challenge": "x",
            "unknown": "x",
        }
        page = ask(resident, signer, request=signed(signer), **outside)
        assert sent(resident.press(page, "share"))["state"] == "inside"

    def test_nothing_is_taken_from_outside_that_is_missing_inside(
        self, resident: Resident, signer: SigningPartner, account: Account
    ) -> None:
        resident.sign_in(account)
        token = signed(signer, state=None, nonce=None)
        page = ask(resident, signer, request=token, state="outside", nonce="outside")
        assert "state" not in sent(resident.press(page, "share"))
        assert AuthorizationRequest.objects.get().nonce == ""

    @pytest.mark.parametrize("missing", ["redirect_uri", "code_challenge"])
    def test_nor_are_these(self, resident: Resident, signer: SigningPartner, missing: str) -> None:
        token = signed(signer, **{missing: None})
        page = ask(resident, signer, **{**parameters(signer.application), "request": token})
        if missing == "redirect_uri":
            assert is_shown(page, "invalid_request")
        else:
            assert sent(page)["error"] == "invalid_request"

    def test_response_type_and_scope_may_stand_outside_alone(
        self, resident: Resident, signer: SigningPartner
    ) -> None:
        token = signed(signer, response_type=None, scope=None, client_id=None)
        page = ask(resident, signer, request=token, response_type="code", scope="openid email")
        assert path(page) == "/sign-in"
        assert AuthorizationRequest.objects.get().scope == "openid email"

    def test_the_scope_inside_may_be_more_than_openid_outside(
        self, resident: Resident, signer: SigningPartner
    ) -> None:
        ask(resident, signer, request=signed(signer, scope="openid email"), scope="openid")
        assert AuthorizationRequest.objects.get().scope == "openid email"

    def test_numbers_and_objects_are_what_they_are_in_json(
        self, resident: Resident, signer: SigningPartner
    ) -> None:
        claims = {"userinfo": {"email": {"essential": True}}}
        ask(resident, signer, request=signed(signer, max_age=300, claims=claims))
        row = AuthorizationRequest.objects.get()
        assert row.max_age == 300
        assert row.claims == {"userinfo": {"email": []}}

    @pytest.mark.parametrize(
        "changes",
        [
            {"scope": ["openid"]},
            {"max_age": -1},
            {"max_age": 1.5},
            {"max_age": True},
            {"prompt": "banana"},
            {"nonce": "x" * 2000},
            {"response_type": "token"},
            {"claims": {"userinfo": 1}},
            {"code_challenge": 5},
            {"registration": {"x": 1}},
        ],
    )
    def test_what_is_inside_passes_the_same_checks(
        self, resident: Resident, signer: SigningPartner, changes: dict[str, Any]
    ) -> None:
        answer = sent(ask(resident, signer, request=signed(signer, **changes)))
        assert answer["state"] == "inside"
        assert "code" not in answer

    @pytest.mark.parametrize("uri", [EVIL, None, "", [factories.REDIRECT_URI], {"a": 1}, 5])
    def test_a_redirect_uri_inside_that_is_not_registered_leads_nowhere(
        self, resident: Resident, signer: SigningPartner, uri: object
    ) -> None:
        token = signed(signer, redirect_uri=uri)
        page = ask(resident, signer, request=token, redirect_uri=factories.REDIRECT_URI)
        assert is_shown(page, "invalid_request")


class TestPushed:
    """RFC 9126 §3: a signed request may be pushed."""

    def test_it_is_kept_as_signed(
        self, resident: Resident, signer: SigningPartner, account: Account
    ) -> None:
        resident.sign_in(account)
        answer = signer.post("/par", {"request": signed(signer), "state": "outside"})
        assert answer.status_code == 201
        page = ask(resident, signer, request_uri=answer.json()["request_uri"])
        assert sent(resident.press(page, "share"))["state"] == "inside"

    @pytest.mark.parametrize(
        "changes",
        [{"iss": "x"}, {"client_id": "x"}, {"aud": "x"}, {"exp": 1}, {"request_uri": "urn:x"}],
    )
    def test_a_bad_one_is_refused_as_json(
        self, signer: SigningPartner, changes: dict[str, Any]
    ) -> None:
        answer = signer.post("/par", {"request": signed(signer, **changes)})
        assert refused(answer, "invalid_request_object")
        assert not AuthorizationRequest.objects.exists()

    def test_one_of_another_application_is_refused(self, signer: SigningPartner) -> None:
        answer = SigningPartner.keyed().post("/par", {"request": signed(signer)})
        assert refused(answer, "invalid_request_object")


class TestSection105:
    """RFC 9101 §10.5: an application may be held to signing all its requests."""

    @pytest.fixture
    def held(self) -> SigningPartner:
        return SigningPartner.keyed(requires_signed_requests=True)

    def test_a_plain_request_of_it_is_refused(
        self, resident: Resident, held: SigningPartner
    ) -> None:
        answer = sent(resident.ask(held.application))
        assert (answer["error"], answer["state"]) == ("invalid_request", "state-1")
        assert refused(held.post("/par", parameters(held.application)), "invalid_request")

    def test_a_signed_one_works(self, resident: Resident, held: SigningPartner) -> None:
        assert path(ask(resident, held, request=signed(held))) == "/sign-in"

    def test_nothing_but_the_client_id_counts_outside(
        self, resident: Resident, held: SigningPartner
    ) -> None:
        token = signed(held, scope=None)
        answer = sent(ask(resident, held, request=token, scope="openid email"))
        assert answer["error"] == "invalid_scope"
