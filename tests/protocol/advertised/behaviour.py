"""Each value that a request may have does what it says."""

import json
from typing import Final

from accounts.assurance import Method
from idp.models import Delivery
from idp.oidc import claims as catalogue
from tests import factories
from tests.accounts.security.outgoing.servers import answering, serving
from tests.protocol import tokens
from tests.protocol.advertised.scene import ALL_SCOPES, Scene, claims_of
from tests.protocol.partner import Partner, body, refused
from tests.protocol.resident import Resident, path, sent
from tests.protocol.service import Service
from tests.protocol.test_oidc_frontchannel_logout import FRONT, frames

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


def backchannel(scene: Scene, value: bool) -> bool:  # noqa: FBT001
    with serving(answering(b"")) as server:
        uri = f"http://127.0.0.1:{server.port}/backchannel"
        service = Service(scene.resident, Partner.confidential(backchannel_logout_uri=uri))
        service.sign_in().sign_out()
    delivery = Delivery.objects.get()
    return value is True and delivery.sid == claims_of(service.id_token)["sid"]


def frontchannel(scene: Scene, value: bool) -> bool:  # noqa: FBT001
    service = Service(scene.resident, Partner.confidential(frontchannel_logout_uri=FRONT))
    (address,) = frames(service.sign_in().sign_out())
    return value is True and f"sid={claims_of(service.id_token)['sid']}" in address


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
    if value in {"form_post", "form_post.jwt"}:
        name = "code" if value == "form_post" else "response"
        return f'name="{name}"' in page.content.decode()
    answer = sent(page)
    if value in {"jwt", "query.jwt"}:
        return "code" in tokens.claims(answer["response"], partner.application.client_id)
    return value == "query" and "code" in answer


def response_algorithm(scene: Scene, value: str) -> bool:
    partner, resident = Partner.confidential(algorithm=value), scene.resident
    page = resident.ask(partner.application, response_mode="jwt")
    answer = sent(resident.press(page, "share"))["response"]
    signed = tokens.claims(answer, partner.application.client_id)
    return bool(tokens.header(answer)["alg"] == value and "code" in signed)


def grant_type(scene: Scene, value: str) -> bool:
    # A program in its own name is nothing else; each other way also begins with a code.
    alone = value == "client_credentials"
    partner = Partner.confidential(grant_types=[value] if alone else [value, "authorization_code"])
    if value == "refresh_token":
        return "access_token" in body(partner.refresh(partner.tokens()["refresh_token"]))
    if value == "client_credentials":
        factories.resource(partner.application)
        return "access_token" in body(
            partner.post("/token", {"grant_type": value, "scope": "bins:read"})
        )
    if value == "urn:ietf:params:oauth:grant-type:device_code":
        started = body(partner.post("/device-authorization", {"scope": "openid"}))
        poll = {"grant_type": value, "device_code": started["device_code"]}
        return refused(partner.post("/token", poll), "authorization_pending")
    return value == "authorization_code" and "access_token" in scene.got()


def acr_value(scene: Scene, value: str) -> bool:
    scene.resident.sign_in(scene.made_up, *_METHODS[value])
    return bool(scene.told(acr_values=value)["acr"] == value)


def subject_type(scene: Scene, value: str) -> bool:
    return value == "pairwise" and scene.told()["sub"] != scene.told()["sub"]


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
    partner, session = scene.partner(), factories.session(scene.made_up)
    factories.claimed(partner.application, scene.made_up)
    answer = partner.tokens(session=session, scopes=ALL_SCOPES, vot_asked=True)
    userinfo = body(partner.userinfo(answer["access_token"]))
    return value in {**claims_of(answer["id_token"]), **userinfo}


def claims_parameter(scene: Scene, value: bool) -> bool:  # noqa: FBT001
    wish = json.dumps({"id_token": {"email": {"essential": True}}})
    return value is True and "email" in claims_of(
        scene.got(scope="openid", claims=wish)["id_token"]
    )


def response_issuer(scene: Scene, value: bool) -> bool:  # noqa: FBT001
    answer = scene.resident.answer(Partner.confidential().application)
    return value is True and answer["iss"] == tokens.ISSUER
