"""Receipts as their owner and another program read them."""

import json
from typing import Any

from django.test import Client
from joserfc import jwt as joserfc
from joserfc.jwk import KeySet

from accounts.audit.actor import resident
from clients.applications.changing import operations as changing
from clients.applications.registration import Told
from clients.models import Application
from idp.models import Consent
from tests import factories
from tests.protocol.resident import Resident, Response

LIST = "/account/services/hub/receipts"
PRIVATE = "/account/private-services/hub/receipts"


def tell(hub: Application, **told: str) -> None:
    from_operator = {"application": hub, "scope": "email", "told": Told(**told)}
    changing.tell(**from_operator, by=resident(factories.account()))  # type: ignore[arg-type]


def agreement() -> Consent:
    return Consent.objects.select_related("account", "application").latest("granted_at")


def signed(browser: Resident, where: str = LIST) -> Response:
    return browser.get(f"{where}/{agreement().pk}/file")


def read(answer: Response) -> dict[str, Any]:
    """Return what a signed file says, checked by another library than the one that signed it."""
    published = json.loads(Client(headers={"host": "localhost"}).get("/jwks").content)
    keys = KeySet.import_key_set(published)
    token = joserfc.decode(answer.content.decode(), keys, algorithms=["ES256"])
    assert token.header["typ"] == "consent-receipt+jwt"
    return dict(token.claims)
