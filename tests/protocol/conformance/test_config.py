"""Plan Config."""

import re

import jwt

from tests.protocol.conformance.discovery import check_addresses, check_types
from tests.protocol.conformance.provider import Provider

PLANS = ("config",)
_WELL_KNOWN = "/.well-known/openid-configuration"
_ALGORITHMS = {"RS256", "PS256", "ES256", "EdDSA"}


def test_oidcc_discovery_endpoint_verification(conforming: Provider) -> None:
    """The metadata: 200, application/json, at the issuer's https address and the well-known path.

    Known names, values of their types; an OpenID response type; public or pairwise subjects; ID
    tokens by RS256; valid algorithms for userinfo, RS256 for request objects; every endpoint and
    jwks_uri https; usable public keys; claims; a list of grants; scopes by their syntax, openid
    among them; locales as BCP 47 writes them; challenges by S256 or plain.
    """
    assert conforming.issuer.startswith("https://")
    answer = conforming.http.get(f"{conforming.issuer}{_WELL_KNOWN}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    metadata = conforming.metadata()
    assert answer.json() == metadata
    assert f"{metadata['issuer']}{_WELL_KNOWN}" == str(answer.url)
    check_types(metadata)
    check_addresses(metadata)
    assert "code" in metadata["response_types_supported"]
    assert {"public", "pairwise"} & set(metadata["subject_types_supported"])
    assert "RS256" in metadata["id_token_signing_alg_values_supported"]
    assert set(metadata["userinfo_signing_alg_values_supported"]) <= _ALGORITHMS
    assert "RS256" in metadata["request_object_signing_alg_values_supported"]
    for key in conforming.jwks():
        assert key["alg"] in _ALGORITHMS
        assert jwt.PyJWK(key).key
    assert "sub" in metadata["claims_supported"]
    assert "authorization_code" in metadata["grant_types_supported"]
    assert "openid" in metadata["scopes_supported"]
    for scope in metadata["scopes_supported"]:
        assert re.fullmatch(r"[!#-\[\]-~]+", scope)
    for locale in metadata["ui_locales_supported"]:
        assert re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", locale)
    assert set(metadata["code_challenge_methods_supported"]) <= {"S256", "plain"}
