"""What each member of the metadata promises, tried over the wire.

A member that is not in EXERCISES fails, and so does a value that does not do what its member says.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import jwt
from django.test import Client
from pytest_django import Settings

from accounts.assurance import Method
from accounts.models import Account
from idp.models import Delivery
from idp.oidc import claims as catalogue
from tests import factories
from tests.accounts.security.outgoing.servers import answering, serving
from tests.protocol import tokens
from tests.protocol.partner import Partner, body
from tests.protocol.resident import Resident, main_text, parameters, path, sent
from tests.protocol.service import Service
from tests.protocol.signed_requests import ask, is_shown, signed
from tests.protocol.signing import SigningPartner
from tests.protocol.test_oidc_frontchannel_logout import FRONT, frames

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

REGISTERED: Final = "https://service.example.org/request.jwt"
_METHODS: Final = {
    "https://refeds.org/profile/sfa": (Method.PASSWORD,),
    "https://refeds.org/profile/mfa": (Method.PASSWORD, Method.APP),
    "phr": (Method.PASSKEY,),
}
_PROMPTS: Final = {
    "login": "/sign-in",
    "consent": "/consent",
    "select_account": "/authorize/account",
    "create": "/sign-up",
}


@dataclass(frozen=True)
class Scene:
    """A browser in which a resident is signed in, and the means to make applications."""

    resident: Resident
    account: Account
    settings: Settings

    def post(self, address: str, partner: Partner, **parameters: str) -> "Answer":
        """Return what the application gets at this address of the metadata."""
        return partner.post(address.removeprefix(tokens.ISSUER), parameters)

    def got(self, **changes: str | None) -> dict[str, Any]:
        """Return the token response of a sign-in, from the first request on."""
        partner = Partner.confidential(scopes=_ALL_SCOPES)
        code = self.resident.answer(partner.application, **changes)["code"]
        return body(partner.post("/token", {**_EXCHANGE, "code": code}))

    def told(self, **changes: str | None) -> dict[str, Any]:
        """Return what a sign-in tells the application, in the ID token and at userinfo."""
        answer = self.got(**changes)
        userinfo = Partner.confidential().userinfo(answer["access_token"])
        return {**_claims(answer["id_token"]), **body(userinfo)}


_ALL_SCOPES: Final = ("openid", "profile", "email", "address", "phone", "offline_access")
_EXCHANGE: Final = {
    "grant_type": "authorization_code",
    "redirect_uri": factories.REDIRECT_URI,
    "code_verifier": factories.VERIFIER,
}


def _claims(token: str) -> dict[str, Any]:
    found: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return found


def _authenticating(method: str) -> Partner:
    if method == "private_key_jwt":
        return SigningPartner.keyed()
    application = factories.application(public=method == "none", token_endpoint_auth_method=method)
    return Partner(application, "" if method == "none" else factories.client_secret(application))


def issuer(scene: Scene, value: str) -> bool:
    return value == tokens.ISSUER and bool(scene.told()["iss"] == value)


def authorization_endpoint(scene: Scene, value: str) -> bool:
    page = Resident().get(f"{value.removeprefix(tokens.ISSUER)}?client_id=x")
    del scene
    return "No application has this client_id" in main_text(page)


def token_endpoint(scene: Scene, value: str) -> bool:
    partner = Partner.confidential()
    code = factories.grant(partner.application).code
    return "access_token" in body(scene.post(value, partner, **_EXCHANGE, code=code))


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


def backchannel(scene: Scene, value: bool) -> bool:  # noqa: FBT001
    with serving(answering(b"")) as server:
        uri = f"http://127.0.0.1:{server.port}/backchannel"
        service = Service(scene.resident, Partner.confidential(backchannel_logout_uri=uri))
        service.sign_in().sign_out()
    delivery = Delivery.objects.get()
    return value is True and delivery.sid == _claims(service.id_token)["sid"]


def frontchannel(scene: Scene, value: bool) -> bool:  # noqa: FBT001
    service = Service(scene.resident, Partner.confidential(frontchannel_logout_uri=FRONT))
    (address,) = frames(service.sign_in().sign_out())
    return value is True and f"sid={_claims(service.id_token)['sid']}" in address


def scope(scene: Scene, value: str) -> bool:
    answer = scene.got(scope=" ".join({"openid", value}))
    of_it = catalogue.names([value])
    told = body(Partner.confidential().userinfo(answer["access_token"]))
    given = "refresh_token" in answer if value == "offline_access" else of_it <= told.keys()
    return given and value in answer["scope"].split()


def response_type(scene: Scene, value: str) -> bool:
    answer = scene.resident.answer(Partner.confidential().application, response_type=value)
    return value in answer


def response_mode(scene: Scene, value: str) -> bool:
    partner, resident = Partner.confidential(), scene.resident
    page = resident.ask(partner.application, response_mode=value)
    page = resident.press(page, "share")
    if value == "form_post":
        return 'name="code"' in page.content.decode()
    return value == "query" and "code" in sent(page)


def grant_type(scene: Scene, value: str) -> bool:
    partner = Partner.confidential(grant_types=[value, "authorization_code"])
    if value == "refresh_token":
        return "access_token" in body(partner.refresh(partner.tokens()["refresh_token"]))
    if value == "client_credentials":
        factories.resource(partner.application)
        return "access_token" in body(
            partner.post("/token", {"grant_type": value, "scope": "bins:read"})
        )
    return value == "authorization_code" and "access_token" in scene.got()


def acr_value(scene: Scene, value: str) -> bool:
    scene.resident.sign_in(scene.account, *_METHODS[value])
    return bool(scene.told(acr_values=value)["acr"] == value)


def subject_type(scene: Scene, value: str) -> bool:
    return value == "pairwise" and scene.told()["sub"] != scene.told()["sub"]


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


def assertion_algorithm(_scene: Scene, value: str) -> bool:
    return "access_token" in SigningPartner.keyed(value).tokens()


def revocation_assertion(_scene: Scene, value: str) -> bool:
    return SigningPartner.keyed(value).revoke("x").status_code == 200


def introspection_assertion(_scene: Scene, value: str) -> bool:
    partner = SigningPartner.keyed(value)
    return body(partner.post("/introspect", {"token": "x"})) == {"active": False}


def code_challenge_method(scene: Scene, value: str) -> bool:
    return "access_token" in scene.got(code_challenge_method=value)


def prompt(scene: Scene, value: str) -> bool:
    page = scene.resident.ask(Partner.confidential().application, prompt=value)
    if value == "none":
        return sent(page)["error"] == "consent_required"
    return path(page) == _PROMPTS[value]


def language(_scene: Scene, value: str) -> bool:
    page = Resident().ask(Partner.confidential().application, ui_locales=f"xx {value}")
    return f'lang="{value.partition("-")[0]}' in page.content.decode()


def claim_type(scene: Scene, value: str) -> bool:
    return value == "normal" and not scene.told().keys() & {"_claim_names", "_claim_sources"}


def claim(scene: Scene, value: str) -> bool:
    """Ask for it in whichever way there is, of somebody who has it."""
    partner, session = Partner.confidential(scopes=_ALL_SCOPES), factories.session(scene.account)
    answer = partner.tokens(session=session, scopes=_ALL_SCOPES, vot_asked=True)
    userinfo = body(partner.userinfo(answer["access_token"]))
    return value in {**_claims(answer["id_token"]), **userinfo}


def claims_parameter(scene: Scene, value: bool) -> bool:  # noqa: FBT001
    wish = json.dumps({"id_token": {"email": {"essential": True}}})
    return value is True and "email" in _claims(scene.got(scope="openid", claims=wish)["id_token"])


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


def request_object_algorithm(scene: Scene, value: str) -> bool:
    signer = SigningPartner.keyed(value)
    return path(ask(scene.resident, signer, request=signed(signer))) == "/consent"


def response_issuer(scene: Scene, value: bool) -> bool:  # noqa: FBT001
    answer = scene.resident.answer(Partner.confidential().application)
    return value is True and answer["iss"] == tokens.ISSUER


Exercise = Callable[[Scene, Any], bool]
EXERCISES: Final[dict[str, Exercise]] = {
    "issuer": issuer,
    "authorization_endpoint": authorization_endpoint,
    "token_endpoint": token_endpoint,
    "userinfo_endpoint": userinfo_endpoint,
    "jwks_uri": jwks_uri,
    "registration_endpoint": registration_endpoint,
    "revocation_endpoint": revocation_endpoint,
    "introspection_endpoint": introspection_endpoint,
    "pushed_authorization_request_endpoint": pushed_authorization_request_endpoint,
    "require_pushed_authorization_requests": pushing_is_not_required,
    "end_session_endpoint": end_session_endpoint,
    "backchannel_logout_supported": backchannel,
    "backchannel_logout_session_supported": backchannel,
    "frontchannel_logout_supported": frontchannel,
    "frontchannel_logout_session_supported": frontchannel,
    "scopes_supported": scope,
    "response_types_supported": response_type,
    "response_modes_supported": response_mode,
    "grant_types_supported": grant_type,
    "acr_values_supported": acr_value,
    "subject_types_supported": subject_type,
    "id_token_signing_alg_values_supported": id_token_algorithm,
    "userinfo_signing_alg_values_supported": userinfo_algorithm,
    "token_endpoint_auth_methods_supported": method,
    "token_endpoint_auth_signing_alg_values_supported": assertion_algorithm,
    "revocation_endpoint_auth_methods_supported": revocation_method,
    "revocation_endpoint_auth_signing_alg_values_supported": revocation_assertion,
    "introspection_endpoint_auth_methods_supported": introspection_method,
    "introspection_endpoint_auth_signing_alg_values_supported": introspection_assertion,
    "code_challenge_methods_supported": code_challenge_method,
    "prompt_values_supported": prompt,
    "ui_locales_supported": language,
    "claim_types_supported": claim_type,
    "claims_supported": claim,
    "claims_parameter_supported": claims_parameter,
    "request_parameter_supported": request_parameter,
    "request_uri_parameter_supported": request_uri_parameter,
    "require_request_uri_registration": request_uri_registration,
    "require_signed_request_object": signing_is_not_required,
    "request_object_signing_alg_values_supported": request_object_algorithm,
    "authorization_response_iss_parameter_supported": response_issuer,
}
