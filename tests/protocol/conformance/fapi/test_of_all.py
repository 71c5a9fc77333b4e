"""Modules of every plan of FAPI 2.0, that of tokens in a client's own name among them."""

from tests.protocol.conformance.browser import Browser
from tests.protocol.conformance.fapi import tls
from tests.protocol.conformance.fapi.client import TOKEN, USERINFO, HighClient
from tests.protocol.conformance.fapi.provider import HighProvider
from tests.protocol.conformance.fapi.refusing import denied, refused
from tests.protocol.conformance.relying_party import checked_tokens, entropy

PLANS = (
    "fapi2-key-dpop",
    "fapi2-key-mtls",
    "fapi2-mtls-mtls",
    "fapi2-client-credentials",
    "fapi2-message-signing",
)
THREE = {"PS256", "ES256", "EdDSA"}
STREAMS = "/ssf/stream"
# What clients may send to any resource.
ODD = {"x-fapi-customer-ip-address": "198.51.100.119", "Accept": "application/json;q=0.1, */*"}


def test_fapi2_security_profile_final_discovery_end_point_verification(first: HighClient) -> None:
    """The metadata name what the profile needs (Security Profile §5.3.2.1, §5.3.2.2, §5.4.1).

    Response type code; `iss` in answers (RFC 9207 §3); PAR by https (RFC 9126 §5); S256; DPoP's
    algorithms or certificate-bound tokens (RFC 9449 §5.1, RFC 8705 §3.3); a method and algorithms
    of the profile for clients and ID tokens. With signed messages: jwt among the response modes,
    algorithms for answers (JARM §4) and request objects.
    """
    found = first.provider.metadata()
    assert found["response_types_supported"] == ["code"]
    assert found["authorization_response_iss_parameter_supported"] is True
    assert found["pushed_authorization_request_endpoint"].startswith(first.provider.issuer)
    assert "S256" in found["code_challenge_methods_supported"]
    if first.variant.by_proof:
        assert THREE & set(found["dpop_signing_alg_values_supported"])
    else:
        assert found["tls_client_certificate_bound_access_tokens"] is True
    assert THREE & set(found["id_token_signing_alg_values_supported"])
    assert THREE & set(found["token_endpoint_auth_signing_alg_values_supported"])
    method = first.registered["token_endpoint_auth_method"]
    assert method in found["token_endpoint_auth_methods_supported"]
    assert isinstance(found["require_pushed_authorization_requests"], bool)
    if first.variant.signs:
        assert "jwt" in found["response_modes_supported"]
        assert THREE & set(found["authorization_signing_alg_values_supported"])
        assert THREE & set(found["request_object_signing_alg_values_supported"])


def test_fapi2_security_profile_final_happy_flow(
    high: HighProvider, first: HighClient, second: HighClient, agent: Browser
) -> None:
    """Two clients get tokens and use them; nobody gets in by TLS older than 1.2.

    `iss` and a state of 128 characters in the answer, nothing else but the code; a nonce of 43
    characters in the ID token, signed by one of the three with a `kid`; codes and tokens of 128
    bits; a token in an address is refused (§5.3.4); the resource answers 200 with a Date,
    whatever headers of FAPI's and Accept come with it. BCP 195 ciphers alone (§5.2.2).
    """
    for client in (first, second):
        if client.variant.for_itself:
            token = checked_tokens(client.own_token(), "dpop")["access_token"]
            address = f"{high.issuer}{STREAMS}"
        else:
            asked = client.request()
            assert (len(asked["state"]), len(asked["nonce"])) == (128, 43)
            done = client.finish(asked, client.ask(agent, asked))
            assert done.tokens["refresh_token"]
            assert all(len(done.tokens[kind]) >= 22 for kind in ("access_token", "refresh_token"))
            token, address = done.access_token, client.address(USERINFO)
        assert entropy(token) >= 96
        answer = client.ask_resource(address, token, **ODD)
        assert (answer.status_code, "Date" in answer.headers) == (200, True)
        assert denied(client.http.get(f"{address}?access_token={token}"))
        assert tls.is_modern(high, address)


def test_fapi2_security_profile_final_access_token_type_header_case_sensitivity(
    high: HighProvider, first: HighClient, agent: Browser
) -> None:
    """A scheme counts in small and large letters alike (RFC 9110 §11.1): dPOP, bEARER."""
    token, address = held(high, first, agent)
    scheme = "dPOP" if first.variant.by_proof else "bEARER"
    answer = first.ask_resource(address, token, Authorization=f"{scheme} {token}")
    assert answer.status_code == 200


def test_fapi2_security_profile_final_ensure_client_id_in_token_endpoint(
    first: HighClient, second: HighClient, agent: Browser
) -> None:
    """The name of another client beside one's own credentials: 400 or 401.

    invalid_client or invalid_grant (RFC 6749 §5.2); the code stays good.
    """
    wrong = {"client_id": second.client_id}
    if first.variant.for_itself:
        values = {"grant_type": "client_credentials", "scope": "ssf.read"}
        answer = first.send(TOKEN, values | wrong)
        assert refused(answer, "invalid_client", "invalid_grant", statuses=(400, 401))
        return
    code = first.code_for(agent)
    answer = first.redeem(code, **wrong)
    assert refused(answer, "invalid_client", "invalid_grant", statuses=(400, 401))
    assert first.redeem(code).status_code == 200


def test_fapi2_security_profile_final_ensure_holder_of_key_required(
    high: HighProvider, first: HighClient, agent: Browser
) -> None:
    """Without proof or certificate no token is issued (Security Profile §5.3.2.1).

    And each endpoint speaks TLS 1.2 and 1.3 by BCP 195's ciphers, and nothing older (§5.2).
    """
    for endpoint in ("authorization_endpoint", TOKEN, USERINFO, "registration_endpoint"):
        assert tls.is_modern(high, first.address(endpoint))
    bare = {"proof": ""} if first.variant.by_proof else {"http": high.client()}
    errors = ("invalid_dpop_proof", "invalid_request", "invalid_client")
    if first.variant.for_itself:
        assert refused(first.own_token(**bare), *errors, statuses=(400, 401))
    else:
        answer = first.redeem(first.code_for(agent), **bare)
        assert refused(answer, *errors, statuses=(400, 401))


def held(high: HighProvider, client: HighClient, agent: Browser) -> tuple[str, str]:
    """Return a new token of the client's, and a resource that takes it by GET."""
    if client.variant.for_itself:
        token = checked_tokens(client.own_token(), "dpop")["access_token"]
        return token, f"{high.issuer}{STREAMS}"
    asked = client.request()
    return client.finish(asked, client.ask(agent, asked)).access_token, client.address(USERINFO)
