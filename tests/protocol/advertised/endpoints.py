"""Each endpoint does what it is for."""

from django.test import Client

from tests import factories
from tests.protocol import tokens
from tests.protocol.advertised.scene import EXCHANGE, Scene
from tests.protocol.partner import Partner, body
from tests.protocol.resident import Resident, main_text, parameters, path
from tests.protocol.signed_requests import ask


def issuer(scene: Scene, value: str) -> bool:
    return value == tokens.ISSUER and bool(scene.told()["iss"] == value)


def authorization_endpoint(scene: Scene, value: str) -> bool:
    page = Resident().get(f"{value.removeprefix(tokens.ISSUER)}?client_id=x")
    del scene
    return "No application has this client_id" in main_text(page)


def token_endpoint(scene: Scene, value: str) -> bool:
    partner = Partner.confidential()
    code = factories.grant(partner.application).code
    return "access_token" in body(scene.post(value, partner, **EXCHANGE, code=code))


def userinfo_endpoint(scene: Scene, value: str) -> bool:
    header = {"Authorization": f"Bearer {scene.got()['access_token']}"}
    http = Client(headers={"host": "localhost"})
    return "sub" in body(http.get(value.removeprefix(tokens.ISSUER), headers=header))


def jwks_uri(scene: Scene, value: str) -> bool:
    http = Client(headers={"host": "localhost"})
    keys = body(http.get(value.removeprefix(tokens.ISSUER)))["keys"]
    return tokens.header(scene.got()["id_token"])["kid"] in {key["kid"] for key in keys}


def revocation_endpoint(scene: Scene, value: str) -> bool:
    partner = Partner.confidential()
    token = partner.tokens()["access_token"]
    done = scene.post(value, partner, token=token).status_code == 200
    return done and partner.userinfo(token).status_code == 401


def introspection_endpoint(scene: Scene, value: str) -> bool:
    partner = Partner.confidential()
    return (
        body(scene.post(value, partner, token=partner.tokens()["access_token"]))["active"] is True
    )


def pushed_authorization_request_endpoint(scene: Scene, value: str) -> bool:
    partner = Partner.confidential()
    uri = body(scene.post(value, partner, **parameters(partner.application)))["request_uri"]
    return path(ask(scene.resident, partner, request_uri=uri)) == "/consent"


def device_authorization_endpoint(scene: Scene, value: str) -> bool:
    partner = Partner.confidential(grant_types=["urn:ietf:params:oauth:grant-type:device_code"])
    return "user_code" in body(scene.post(value, partner, scope="openid"))


def registration_endpoint(scene: Scene, value: str) -> bool:
    # Only with an initial access token.
    http = Client(headers={"host": "localhost"})
    answer = http.post(value.removeprefix(tokens.ISSUER), {}, content_type="application/json")
    del scene
    return answer.status_code == 401 and "Bearer" in answer["WWW-Authenticate"]


def end_session_endpoint(scene: Scene, value: str) -> bool:
    page = scene.resident.get(value.removeprefix(tokens.ISSUER))
    return page.status_code == 200 and "Sign out" in main_text(page)


def pushing_is_not_required(scene: Scene, value: bool) -> bool:  # noqa: FBT001
    return value is False and "code" in scene.resident.answer(Partner.confidential().application)


def signing_is_not_required(scene: Scene, value: bool) -> bool:  # noqa: FBT001
    return pushing_is_not_required(scene, value)
