"""Each algorithm signs or verifies, and each method authenticates."""

from typing import Final

from tests import factories
from tests.accounts.security.outgoing.servers import answering, serving
from tests.protocol import tokens
from tests.protocol.advertised.scene import Scene
from tests.protocol.dpop.holder import Holder, HoldingPartner
from tests.protocol.dpop.test_bound_tokens import exchange
from tests.protocol.partner import Partner, body
from tests.protocol.resident import path
from tests.protocol.signed_requests import ask, is_shown, signed
from tests.protocol.signing import SigningPartner, signing_key

REGISTERED: Final = "https://service.example.org/request.jwt"


def _authenticating(method: str) -> Partner:
    if method == "private_key_jwt":
        return SigningPartner.keyed()
    application = factories.application(public=method == "none", token_endpoint_auth_method=method)
    return Partner(application, "" if method == "none" else factories.client_secret(application))


def id_token_algorithm(_scene: Scene, value: str) -> bool:
    token = Partner.confidential(algorithm=value).tokens()["id_token"]
    return bool(tokens.header(token)["alg"] == value)


def userinfo_algorithm(_scene: Scene, value: str) -> bool:
    partner = Partner.confidential(userinfo_algorithm=value)
    answer = partner.userinfo(partner.tokens()["access_token"]).content.decode()
    return bool(
        tokens.header(answer)["alg"] == value
        and tokens.claims(answer, partner.application.client_id)
    )


def method(_scene: Scene, value: str) -> bool:
    return "access_token" in _authenticating(value).tokens()


def revocation_method(_scene: Scene, value: str) -> bool:
    return _authenticating(value).revoke("x").status_code == 200


def introspection_method(_scene: Scene, value: str) -> bool:
    return body(_authenticating(value).post("/introspect", {"token": "x"})) == {"active": False}


def introspection_algorithm(_scene: Scene, value: str) -> bool:
    partner = Partner.confidential(algorithm=value)
    accept = {"Accept": "application/token-introspection+jwt"}
    answer = partner.post("/introspect", {"token": "x"}, **accept).content.decode()
    return bool(
        tokens.header(answer)["alg"] == value
        and tokens.claims(answer, partner.application.client_id)
    )


def assertion_algorithm(_scene: Scene, value: str) -> bool:
    return "access_token" in SigningPartner.keyed(value).tokens()


def revocation_assertion(_scene: Scene, value: str) -> bool:
    return SigningPartner.keyed(value).revoke("x").status_code == 200


def introspection_assertion(_scene: Scene, value: str) -> bool:
    partner = SigningPartner.keyed(value)
    return body(partner.post("/introspect", {"token": "x"})) == {"active": False}


def request_object_algorithm(scene: Scene, value: str) -> bool:
    signer = SigningPartner.keyed(value)
    return path(ask(scene.resident, signer, request=signed(signer))) == "/consent"


def request_parameter(scene: Scene, value: bool) -> bool:  # noqa: FBT001
    signer = SigningPartner.keyed()
    page = ask(scene.resident, signer, request=signed(signer))
    return value is True and path(page) == "/consent"


def request_uri_parameter(scene: Scene, value: bool) -> bool:  # noqa: FBT001
    signer = SigningPartner.keyed()
    with serving(answering(signed(signer).encode())) as server:
        scene.settings.OUTGOING_ALLOW = [f"127.0.0.1:{server.port}"]
        uri = f"http://127.0.0.1:{server.port}/request.jwt"
        signer.application.request_uris = [uri]
        signer.application.save()
        return value is True and path(ask(scene.resident, signer, request_uri=uri)) == "/consent"


def request_uri_registration(scene: Scene, value: bool) -> bool:  # noqa: FBT001
    page = ask(scene.resident, SigningPartner.keyed(), request_uri=REGISTERED)
    return value is True and is_shown(page, "invalid_request_uri")


def proof_algorithm(_scene: Scene, value: str) -> bool:
    partner = HoldingPartner.confidential()
    partner.holder = Holder(signing_key("EdDSA" if value == "Ed25519" else value))
    proof = partner.holder.proof("POST", "/token", header={"alg": value})
    issued = factories.grant(partner.application)
    return bool(body(exchange(partner, issued.code, DPoP=proof))["token_type"] == "DPoP")
