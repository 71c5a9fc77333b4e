"""Modules of the authorization request, its answer and the code."""

from time import time
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests import factories
from tests.protocol import tokens
from tests.protocol.fapi.applications import answer, by_certificate, by_key, redeem
from tests.protocol.mtls.badges import badge
from tests.protocol.partner import body, refused
from tests.protocol.pushing import open_, push, pushed
from tests.protocol.resident import Resident, sent
from tests.protocol.signing import ISSUER

Either = Any
NONCE = "n" * 43
THREE = {"PS256", "ES256", "EdDSA"}


def test_discovery_end_point_verification() -> None:
    """Response type code, iss in answers, S256, PAR over the issuer, an algorithm of the three."""
    found = body(Client(headers={"host": "localhost"}).get("/.well-known/openid-configuration"))
    assert found["response_types_supported"] == ["code"]
    assert found["authorization_response_iss_parameter_supported"] is True
    assert found["pushed_authorization_request_endpoint"].startswith(ISSUER)
    assert found["code_challenge_methods_supported"] == ["S256"]
    assert THREE & set(found["dpop_signing_alg_values_supported"])
    assert found["tls_client_certificate_bound_access_tokens"] is True
    assert THREE & set(found["id_token_signing_alg_values_supported"])
    assert THREE & set(found["token_endpoint_auth_signing_alg_values_supported"])
    methods = set(found["token_endpoint_auth_methods_supported"])
    assert {"private_key_jwt", "tls_client_auth"} <= methods
    assert isinstance(found["require_pushed_authorization_requests"], bool)
    assert {"jwt"} <= set(found["response_modes_supported"])
    assert set(found["authorization_signing_alg_values_supported"]) >= THREE
    assert set(found["request_object_signing_alg_values_supported"]) >= THREE


def test_happy_flow(signed_in: Resident, either: Either) -> None:
    """PAR to code to bound tokens; iss, state and nonce as sent; userinfo with odd headers."""
    came = answer(signed_in, either, state="s" * 128, nonce=NONCE)
    assert set(came) == {"code", "state", "iss"}
    assert (came["state"], came["iss"]) == ("s" * 128, ISSUER)
    got = body(redeem(either, came["code"]))
    assert min(len(came["code"]), len(got["access_token"])) * 6 >= 128
    header = tokens.header(got["id_token"])
    assert header["alg"] in THREE
    assert header["kid"]
    claims = tokens.claims(got["id_token"], either.application.client_id)
    assert claims["nonce"] == NONCE
    assert claims["acr"]
    odd = {"x-fapi-customer-ip-address": "198.51.100.119", "Accept": "application/*;q=0.1"}
    if hasattr(either, "holder"):
        odd["DPoP"] = either.holder.proof("GET", "/userinfo", got["access_token"])
    assert either.userinfo(got["access_token"], **odd).status_code == 200
    asked = either.http.get(f"/userinfo?access_token={got['access_token']}")
    assert asked.status_code in {400, 401}


def test_user_rejects_authentication(signed_in: Resident, either: Either) -> None:
    """A button to refuse leads to access_denied with the state."""
    page = open_(signed_in, either, pushed(either))
    came = sent(signed_in.press(signed_in.press(page, "refuse"), "leave"))
    assert (came["error"], came["state"], came["iss"]) == ("access_denied", "state-1", ISSUER)


def test_ensure_authorization_request_without_state_success(
    signed_in: Resident, either: Either
) -> None:
    """Without a state none comes back."""
    came = answer(signed_in, either, state=None)
    assert set(came) == {"code", "iss"}
    assert redeem(either, came["code"]).status_code == 200


def test_ensure_authorization_request_without_nonce_success(
    signed_in: Resident, either: Either
) -> None:
    """Without a nonce none is in the ID token."""
    got = body(redeem(either, answer(signed_in, either, nonce=None)["code"]))
    assert "nonce" not in tokens.claims(got["id_token"], either.application.client_id)


def test_ensure_authorization_request_with_64_char_nonce_success(
    signed_in: Resident, either: Either
) -> None:
    """A nonce of 64 characters comes back as it was."""
    got = body(redeem(either, answer(signed_in, either, nonce="n" * 64)["code"]))
    assert tokens.claims(got["id_token"], either.application.client_id)["nonce"] == "n" * 64


def test_ensure_other_scope_order_succeeds(signed_in: Resident, either: Either) -> None:
    """The order of the scopes does not matter."""
    came = answer(signed_in, either, scope="email profile openid")
    got = body(redeem(either, came["code"]))
    assert set(got["scope"].split()) == {"openid", "email", "profile"}


def test_test_claims_parameter_identity_claims(signed_in: Resident, either: Either) -> None:
    """Claims asked for one by one are in the ID token or at userinfo, and no others."""
    wanted = '{"userinfo": {"given_name": null}, "id_token": {"email": null}}'
    came = answer(signed_in, either, scope="openid", claims=wanted)
    got = body(redeem(either, came["code"]))
    told = body(either.userinfo(got["access_token"]))
    claims = tokens.claims(got["id_token"], either.application.client_id)
    assert claims["email"] == "ann@example.org"
    assert "email" not in told
    assert {"phone_number", "address", "birthdate"}.isdisjoint({*told, *claims})


def _outside(signed_in: Resident, either: Either, **outside: str) -> dict[str, str]:
    """Return the answer to a pushed request that is opened with more beside its name."""
    page = open_(signed_in, either, pushed(either, nonce=NONCE), **outside)
    return sent(signed_in.press(page, "share"))


def test_ensure_different_nonce_inside_and_outside_request_object(
    signed_in: Resident, either: Either
) -> None:
    """A nonce beside the request_uri is ignored."""
    got = body(redeem(either, _outside(signed_in, either, nonce="outside")["code"]))
    assert tokens.claims(got["id_token"], either.application.client_id)["nonce"] == NONCE


def test_ensure_different_state_inside_and_outside_request_object(
    signed_in: Resident, either: Either
) -> None:
    """A state beside the request_uri is ignored."""
    assert _outside(signed_in, either, state="outside")["state"] == "state-1"


def test_state_only_outside_request_object_not_used(signed_in: Resident, either: Either) -> None:
    """A state that was not pushed does not come back."""
    page = open_(signed_in, either, pushed(either, state=None), state="outside")
    assert "state" not in sent(signed_in.press(page, "share"))


def test_ensure_authorization_request_with_long_nonce(signed_in: Resident, either: Either) -> None:
    """A nonce of 384 characters comes back whole."""
    got = body(redeem(either, answer(signed_in, either, nonce="n" * 384)["code"]))
    assert tokens.claims(got["id_token"], either.application.client_id)["nonce"] == "n" * 384


def test_ensure_authorization_request_with_long_state(signed_in: Resident, either: Either) -> None:
    """A state of 1024 characters comes back whole; one that is too long is refused, never cut."""
    assert answer(signed_in, either, state="s" * 1024)["state"] == "s" * 1024
    assert refused(push(either, state="s" * 5000), "invalid_request")


def test_ensure_request_object_without_redirect_uri_fails(either: Either) -> None:
    """PAR without redirect_uri: invalid_request."""
    assert refused(push(either, redirect_uri=None), "invalid_request")


def test_ensure_redirect_uri_in_authorization_request(either: Either) -> None:
    """The same of an application with one registered URI: there is no default."""
    assert len(either.application.redirect_uris.split()) == 1
    assert refused(push(either, redirect_uri=""), "invalid_request")


def test_plain_fapi_tolerate_unregistered_redirect_uri(either: Either) -> None:
    """An unregistered URI at PAR: invalid_request."""
    assert refused(push(either, redirect_uri="https://evil.example/cb"), "invalid_request")


def test_ensure_unsigned_authorization_request_without_using_par_fails(
    signed_in: Resident, either: Either
) -> None:
    """A plain request in the address: invalid_request."""
    assert sent(signed_in.ask(either.application))["error"] == "invalid_request"


def test_ensure_response_type_code_idtoken_fails(either: Either) -> None:
    """PAR refuses code id_token."""
    assert refused(push(either, response_type="code id_token"), "unsupported_response_type")


def test_ensure_response_type_token_fails(either: Either) -> None:
    """PAR refuses token."""
    assert refused(push(either, response_type="token"), "unsupported_response_type")


def test_ensure_client_id_in_token_endpoint(either: Either) -> None:
    """Another application's client_id with this one's credentials: 400 or 401."""
    issued, other = factories.grant(either.application), by_key()
    wrong = redeem(either, issued.code, client_id=other.application.client_id)
    assert wrong.status_code in {400, 401}
    assert body(wrong)["error"] in {"invalid_client", "invalid_grant"}


@pytest.mark.parametrize("make", [by_key, by_certificate])
def test_ensure_authorization_code_is_bound_to_client(either: Either, make: Any) -> None:  # noqa: ANN401
    """Another application's code: invalid_grant."""
    issued = factories.grant(either.application)
    assert refused(redeem(make(), issued.code), "invalid_grant")
    assert redeem(either, issued.code).status_code == 200


def test_ensure_holder_of_key_required(either: Either) -> None:
    """A token request without proof or certificate gets nothing."""
    issued = factories.grant(either.application)
    if hasattr(either, "badge"):
        either.told = {}
        assert refused(redeem(either, issued.code), "invalid_client", 401)
        return
    parameters = {"grant_type": "authorization_code", "code": issued.code}
    parameters["redirect_uri"] = factories.REDIRECT_URI
    assert refused(either.post("/token", parameters, DPoP=""), "invalid_dpop_proof")


def test_attempt_reuse_authorization_code_after_one_second(either: Either) -> None:
    """invalid_grant, and what the code gave ends."""
    issued = factories.grant(either.application)
    token = body(redeem(either, issued.code))["access_token"]
    with time_machine.travel(time() + 2, tick=True):
        assert refused(redeem(either, issued.code), "invalid_grant")
        assert either.userinfo(token).status_code == 401


def test_ensure_token_endpoint_fails_with_expired_auth_code(either: Either) -> None:
    """After 62 seconds: invalid_grant."""
    issued = factories.grant(either.application)
    with time_machine.travel(time() + 62, tick=True):
        assert refused(redeem(either, issued.code), "invalid_grant")


def test_refresh_token(either: Either) -> None:
    """It is not replaced, works again and again, and for nobody else."""
    got = body(either.exchange(factories.grant(either.application)))
    token = got["refresh_token"]
    with time_machine.travel(time() + 35, tick=True):
        for _ in range(2):
            again = either.refresh(token)
            assert again.status_code == 200
            assert "refresh_token" not in body(again)
        assert refused(by_key().refresh(token), "invalid_grant")
        assert refused(by_certificate().refresh(token), "invalid_grant")
    if hasattr(either, "badge"):
        either.told = badge("stranger", name="CN=stranger").told()
        assert refused(either.refresh(token), "invalid_client", 401)
    else:
        form = f"grant_type=refresh_token&refresh_token={token}"
        assert refused(either.raw("/token", form), "invalid_client", 401)
        asked = {"grant_type": "refresh_token", "refresh_token": token}
        assert refused(either.post("/token", asked, DPoP=""), "invalid_dpop_proof")


def test_ensure_pkce_code_verifier_required(either: Either) -> None:
    """No verifier: invalid_grant."""
    issued = factories.grant(either.application)
    assert refused(redeem(either, issued.code, code_verifier=""), "invalid_grant")


def test_incorrect_pkce_code_verifier_rejected(either: Either) -> None:
    """A wrong verifier: invalid_grant."""
    issued = factories.grant(either.application)
    assert refused(redeem(either, issued.code, code_verifier="w" * 43), "invalid_grant")
