"""`python -m tests.protocol.served_rows`: rows of a served provider, from outside it.

Reads a line `[verb, argument…]` in JSON and answers with one, again and again: starting Django
takes seconds. Races are about the token endpoint; walking the pages to each code would prove
nothing more.
"""

import json
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

import django

django.setup()

from django.db.models import F  # noqa: E402 - models load only now

from accounts.audit.events import Event  # noqa: E402
from accounts.models import Account, AuditEvent  # noqa: E402
from clients.models import Application  # noqa: E402
from idp.models import (  # noqa: E402
    AccessToken,
    Consent,
    DeviceGrant,
    Grant,
    RefreshToken,
    RequestTrail,
)
from tests import factories  # noqa: E402
from tests.factories import IssuedCode  # noqa: E402
from tests.protocol import beside  # noqa: E402
from tests.protocol.beside_closing import sign_in_beside_closing  # noqa: E402
from tests.protocol.devices import GRANT, Device  # noqa: E402
from tests.protocol.partner import Partner  # noqa: E402

Answer = dict[str, str | int]


def issue() -> Answer:
    """Make an application and a code for it."""
    partner, issued = _issued()
    return {
        "client_id": partner.application.client_id,
        "secret": partner.secret,
        "code": issued.code,
        "family": str(issued.grant.token_family),
    }


def register_keys(jwks: str) -> Answer:
    """Make an application that authenticates with one of these keys."""
    application = _application()
    application.token_endpoint_auth_method = Application.AuthMethod.PRIVATE_KEY_JWT
    application.jwks = json.loads(jwks)
    application.save(update_fields=["token_endpoint_auth_method", "jwks"])
    return {"client_id": application.client_id}


def count(family: str) -> Answer:
    """Count the rows of a family, and the audit events about it."""
    return {
        "access": AccessToken.objects.filter(token_family=family).count(),
        "refresh": RefreshToken.objects.filter(token_family=family).count(),
        "events": AuditEvent.objects.filter(object_id=family).count(),
    }


def age(family: str, seconds: str) -> Answer:
    """Let everything that was used in a family have been used that much earlier."""
    earlier = timedelta(seconds=float(seconds))
    grants = Grant.objects.filter(token_family=family).update(used_at=F("used_at") - earlier)
    rotated = RefreshToken.objects.filter(token_family=family, rotated_at__isnull=False)
    return {"aged": grants + rotated.update(rotated_at=F("rotated_at") - earlier)}


def ask_for_sharing() -> Answer:
    """Make an application, and an account with a password to sign in with."""
    account = factories.account(f"{uuid4()}@example.org", password=factories.PASSWORD)
    return {"client_id": _application().client_id, "sign_in_name": account.sign_in_name}


def shared(client_id: str) -> Answer:
    """Count an application's agreements, those current, its codes, and the agreements recorded."""
    agreements = Consent.objects.filter(application__client_id=client_id)
    recorded = AuditEvent.objects.filter(application_id=client_id, event=Event.CONSENT_GRANTED)
    return {
        "agreements": agreements.count(),
        "current": agreements.filter(superseded_at=None, withdrawn_at=None).count(),
        "codes": Grant.objects.filter(application__client_id=client_id).count(),
        "recorded": recorded.count(),
    }


def trail(client_id: str) -> Answer:
    """Count an application's records of requests, and name their outcomes in order."""
    rows = RequestTrail.objects.filter(application__client_id=client_id).order_by("pk")
    return {
        "records": rows.count(),
        "authenticated": rows.filter(is_authenticated=True).count(),
        "outcomes": " ".join(rows.values_list("outcome", flat=True)),
    }


def end_beside_exchange(ending: str) -> Answer:
    """Exchange a code while what it stands on ends."""
    return beside.end_beside_exchange(*_issued(), ending)


def end_beside_refresh(ending: str) -> Answer:
    """Refresh while what the token stands on ends."""
    return beside.end_beside_refresh(*_issued(), ending)


def show_code(let_in: str) -> Answer:
    """Make a device that is to poll once an hour, and let it in if that is asked for."""
    device = _device()
    DeviceGrant.objects.filter(pk=device.row.pk).update(interval=3600)
    if let_in:
        device.is_let_in(_account())
    return {
        "client_id": device.partner.application.client_id,
        "code": str(device.answer["device_code"]),
        "family": str(device.row.token_family),
    }


def interval(family: str) -> Answer:
    """Say how long a device has to wait between polls."""
    return {"interval": DeviceGrant.objects.get(token_family=family).interval}


def let_in_at_once() -> Answer:
    """Let eight people answer one device at the same moment."""
    return beside.let_in_at_once(_device(), [_account() for _number in range(8)])


def claim_at_once() -> Answer:
    """Let four people claim one old user id at the same moment."""
    secret = factories.client_secret(application := _application())
    accounts = [_account() for _number in range(4)]
    return beside.claim_at_once(Partner(application, secret), accounts)


def end_beside_poll() -> Answer:
    """Let a device get its tokens while its session ends."""
    device = _device()
    return beside.end_beside_poll(device, device.is_let_in(_account()))


def agree_beside_refresh() -> Answer:
    """Refresh while the resident agrees anew."""
    return beside.agree_beside_refresh(*_issued())


def _issued() -> tuple[Partner, IssuedCode]:
    application = _application()
    issued = factories.grant(application, account=factories.account(f"{uuid4()}@example.org"))
    return Partner(application, factories.client_secret(application)), issued


def _device() -> Device:
    application = _application(public=True, grant_types=[GRANT, "refresh_token"])
    return Device.asks(Partner(application))


def _account() -> Account:
    return factories.account(f"{uuid4()}@example.org")


def _application(**columns: Any) -> Application:
    """Return an application whose names no other process has given."""
    name = uuid4().hex
    return factories.application(
        slug=name, sector_identifier=name, of=factories.organisation(slug=name), **columns
    )


VERBS: Final[dict[str, Callable[..., Answer]]] = {
    "age": age,
    "agree_beside_refresh": agree_beside_refresh,
    "ask_for_sharing": ask_for_sharing,
    "claim_at_once": claim_at_once,
    "count": count,
    "end_beside_exchange": end_beside_exchange,
    "end_beside_poll": end_beside_poll,
    "end_beside_refresh": end_beside_refresh,
    "interval": interval,
    "issue": issue,
    "let_in_at_once": let_in_at_once,
    "register_keys": register_keys,
    "shared": shared,
    "show_code": show_code,
    "sign_in_beside_closing": sign_in_beside_closing,
    "trail": trail,
}

if __name__ == "__main__":
    for line in sys.stdin:
        verb, *arguments = json.loads(line)
        sys.stdout.write(json.dumps(VERBS[verb](*arguments)) + "\n")
        sys.stdout.flush()
