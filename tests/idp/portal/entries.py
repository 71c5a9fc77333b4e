"""Entries of a trail, written as the writer writes them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from clients.models import Application
from idp.models import RequestTrail
from idp.trail import operations
from idp.trail.entry import Entry


def entry(
    application: Application, *, ago: timedelta = timedelta(), **columns: Any
) -> RequestTrail:
    """Return a new entry, refused by a wrong secret unless columns say more."""
    columns = {
        "at": timezone.now() - ago,
        "endpoint": "token",
        "duration": 12_000,
        "status": 401,
        "outcome": "invalid_client",
        "reason": "wrong_secret",
        "parameter": "Authorization",
        "section": "RFC 6749 §2.3, OIDC Core §9",
        "help_code": "CDFG-3467",
        "is_authenticated": False,
        **columns,
    }
    operations.write(entries=[Entry(client_id=application.client_id, **columns)])
    return RequestTrail.objects.latest("pk")


def sign_in(application: Application, **columns: Any) -> RequestTrail:
    """Return a new entry of a code that was exchanged."""
    how = {"grant_type": "authorization_code", "protected_by": "pkce nonce", **columns}
    return passed(application, **how)


def passed(application: Application, **columns: Any) -> RequestTrail:
    """Return a new entry of a request that was answered."""
    nothing = dict.fromkeys(("reason", "parameter", "section", "help_code"), "")
    well = {"status": 200, "outcome": "ok", "is_authenticated": True}
    return entry(application, **{**nothing, **well, **columns})
