"""`python -m tests.protocol.served_rows`: rows of a served provider, from outside it.

Reads a line `[verb, argument…]` in JSON and answers with one, again and again: starting Django
takes seconds. Races are about the token endpoint; walking the pages to each code would prove
nothing more.
"""

import json
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Final
from uuid import uuid4

import django

django.setup()

from django.db.models import F  # noqa: E402 - models load only now

from accounts.audit.events import Event  # noqa: E402
from accounts.models import AuditEvent  # noqa: E402
from clients.models import Application  # noqa: E402
from idp.models import AccessToken, Consent, Grant, RefreshToken, RequestTrail  # noqa: E402
from tests import factories  # noqa: E402
from tests.factories import IssuedCode  # noqa: E402
from tests.protocol import beside  # noqa: E402
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


def agree_beside_refresh() -> Answer:
    """Refresh while the resident agrees anew."""
    return beside.agree_beside_refresh(*_issued())


def _issued() -> tuple[Partner, IssuedCode]:
    application = _application()
    issued = factories.grant(application, account=factories.account(f"{uuid4()}@example.org"))
    return Partner(application, factories.client_secret(application)), issued


def _application() -> Application:
    """Return an application whose names no other process has given."""
    name = uuid4().hex
    return factories.application(
        slug=name, sector_identifier=name, of=factories.organisation(slug=name)
    )


VERBS: Final[dict[str, Callable[..., Answer]]] = {
    "age": age,
    "agree_beside_refresh": agree_beside_refresh,
    "ask_for_sharing": ask_for_sharing,
    "count": count,
    "end_beside_exchange": end_beside_exchange,
    "issue": issue,
    "register_keys": register_keys,
    "shared": shared,
    "trail": trail,
}

if __name__ == "__main__":
    for line in sys.stdin:
        verb, *arguments = json.loads(line)
        sys.stdout.write(json.dumps(VERBS[verb](*arguments)) + "\n")
        sys.stdout.flush()
