"""RFC 9101 §6, §10: request objects that are refused, and where that is told."""

import json
from dataclasses import replace
from time import time
from typing import Any

import pytest

from idp.models import AuthorizationRequest
from tests import factories
from tests.protocol.partner import Partner, refused
from tests.protocol.resident import (
    Resident,
    parameters,
    sent,
)
from tests.protocol.signed_requests import EVIL, ask, is_shown, signed, unsigned, wish
from tests.protocol.signing import ISSUER, SigningPartner, signing_key


@pytest.fixture
def signer() -> SigningPartner:
    return SigningPartner.keyed()


class TestRefused:
    """RFC 9101 §6, §10: whatever is wrong with the object itself."""

    @pytest.mark.parametrize(
        "changes",
        [
            {"iss": "someone-else"},
            {"aud": "https://other.example"},
            {"aud": ["https://other.example"]},
            {"aud": [ISSUER, 1]},
            {"aud": []},
            {"exp": int(time()) - 10},
            {"exp": "soon"},
            {"nbf": int(time()) + 3600},
            {"iat": int(time()) + 3600},
            {"client_id": "someone-else"},
            {"request": "eyJ.e30."},
            {"request_uri": "https://service.example.org/r"},
        ],
    )
    def test_its_claims(
        self, resident: Resident, signer: SigningPartner, changes: dict[str, Any]
    ) -> None:
        token = signed(signer, **changes)
        assert is_shown(ask(resident, signer, request=token), "invalid_request_object")
        # Where the address, too, names a place of the application's own, it is told there.
        outside = {"redirect_uri": factories.REDIRECT_URI, "state": "outside"}
        answer = sent(ask(resident, signer, request=token, **outside))
        assert (answer["error"], answer["state"]) == ("invalid_request_object", "outside")

    def test_an_error_is_never_sent_where_the_object_or_the_address_likes(
        self, resident: Resident, signer: SigningPartner
    ) -> None:
        token = signed(signer, iss="someone-else", redirect_uri=EVIL)
        page = ask(resident, signer, request=token, redirect_uri=EVIL)
        assert is_shown(page, "invalid_request_object")

    def test_a_response_type_that_differs_outside(
        self, resident: Resident, signer: SigningPartner
    ) -> None:
        page = ask(resident, signer, request=signed(signer), response_type="token")
        assert is_shown(page, "invalid_request_object")

    def test_the_key_of_another(self, resident: Resident, signer: SigningPartner) -> None:
        stranger = signing_key("ES256", "stranger")
        token = replace(stranger, kid=signer.key.kid).sign(wish(signer))
        assert is_shown(ask(resident, signer, request=token), "invalid_request_object")

    def test_another_applications_object(self, resident: Resident, signer: SigningPartner) -> None:
        other = SigningPartner.keyed()
        page = ask(resident, other, request=signed(signer))
        assert is_shown(page, "invalid_request_object")

    def test_an_algorithm_that_is_not_the_registered_one(self, resident: Resident) -> None:
        signer = SigningPartner.keyed("RS256", request_object_algorithm="PS256")
        page = ask(resident, signer, request=signed(signer))
        assert is_shown(page, "invalid_request_object")

    @pytest.mark.parametrize(
        "token",
        ["x", "a.b.c", "e30.e30", "é", "....", "a.b.c.d.e", "eyJhbGciOiJIUzI1NiJ9.e30.x"],
    )
    def test_what_is_none(self, resident: Resident, signer: SigningPartner, token: str) -> None:
        assert is_shown(ask(resident, signer, request=token), "invalid_request_object")

    @pytest.mark.parametrize(
        "header",
        [
            {"crit": ["b64"], "b64": False},
            {"jku": "https://evil.example/jwks"},
            {"jwk": {"kty": "EC"}},
            {"x5u": "https://evil.example/x"},
            {"typ": "at+jwt"},
            {"typ": "client-authentication+jwt"},
            {"typ": "logout+jwt"},
        ],
    )
    def test_a_header_that_says_more_or_other_than_it_may(
        self, resident: Resident, signer: SigningPartner, header: dict[str, Any]
    ) -> None:
        token = signer.key.sign(wish(signer), **header)
        assert is_shown(ask(resident, signer, request=token), "invalid_request_object")

    def test_rfc9101_10_8_an_assertion_is_no_request(
        self, resident: Resident, signer: SigningPartner
    ) -> None:
        page = ask(resident, signer, request=signer.assertion())
        assert is_shown(page, "invalid_request_object")

    def test_an_object_of_a_hundred_levels(
        self, resident: Resident, signer: SigningPartner
    ) -> None:
        deep = '{"a":' * 100 + "1" + "}" * 100
        token = signer.key.sign_text(json.dumps({"alg": "ES256", "kid": "one"}), deep)
        assert is_shown(ask(resident, signer, request=token), "invalid_request_object")

    def test_a_member_that_comes_twice(self, resident: Resident, signer: SigningPartner) -> None:
        text = json.dumps(wish(signer))[:-1] + ', "state": "other"}'
        token = signer.key.sign_text(json.dumps({"alg": "ES256", "kid": "one"}), text)
        assert is_shown(ask(resident, signer, request=token), "invalid_request_object")

    def test_an_application_without_keys(self, resident: Resident, partner: Partner) -> None:
        signer = SigningPartner(partner.application)
        page = ask(resident, signer, request=signed(signer))
        assert is_shown(page, "invalid_request_object")

    def test_request_and_request_uri_at_once(
        self, resident: Resident, signer: SigningPartner
    ) -> None:
        uri = "https://service.example.org/r"
        page = ask(resident, signer, request=signed(signer), request_uri=uri)
        assert is_shown(page, "invalid_request")


class TestUnsigned:
    """OIDC Core §6.1: an object without a signature is not ignored, and not taken."""

    def test_by_value_it_is_not_supported(self, resident: Resident, signer: SigningPartner) -> None:
        outside = parameters(signer.application)
        answer = sent(ask(resident, signer, **{**outside, "request": unsigned(signer)}))
        assert (answer["error"], answer["state"]) == ("request_not_supported", "state-1")
        assert not AuthorizationRequest.objects.exists()

    def test_a_bad_address_outside_gets_nothing_for_a_good_one_inside(
        self, resident: Resident, signer: SigningPartner
    ) -> None:
        outside = {**parameters(signer.application), "redirect_uri": EVIL}
        page = ask(resident, signer, **{**outside, "request": unsigned(signer)})
        assert is_shown(page, "request_not_supported")

    def test_pushed_it_is_an_invalid_object(self, signer: SigningPartner) -> None:
        answer = signer.post("/par", {"request": unsigned(signer)})
        assert refused(answer, "invalid_request_object")

    def test_a_signature_beside_none_changes_nothing(
        self, resident: Resident, signer: SigningPartner
    ) -> None:
        token = signer.key.sign(wish(signer), alg="none")
        assert is_shown(ask(resident, signer, request=token), "request_not_supported")
