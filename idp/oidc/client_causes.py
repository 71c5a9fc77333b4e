"""Why what a request presents is no application's: for the log and the application's own people.

The caller hears one sentence for all of it (`client_auth`).
"""

from enum import StrEnum
from typing import Final

from django.db.models import Exists, OuterRef

from accounts.security import keyed_hash
from clients.applications.credentials.operations import PURPOSE
from clients.models import Application, ClientSecret


class Cause(StrEnum):
    """What was wrong."""

    UNKNOWN_CLIENT = "unknown_client"
    WRONG_METHOD = "wrong_auth_method"
    WRONG_SECRET = "wrong_secret"
    EXPIRED_SECRET = "secret_expired"
    REVOKED_SECRET = "secret_revoked"


# Where each method puts what proves the application.
_PLACES: Final = {
    Application.AuthMethod.SECRET_BASIC: "Authorization",
    Application.AuthMethod.SECRET_POST: "client_secret",
    Application.AuthMethod.PRIVATE_KEY_JWT: "client_assertion",
    Application.AuthMethod.NONE: "client_id",
}


def cause(client_id: str, secret: str, method: str) -> Cause:
    """Say which it was, by one statement whatever it was: nobody can tell by the time it takes."""
    hashes = keyed_hash.candidates(PURPOSE, secret)
    known = ClientSecret.objects.filter(application=OuterRef("pk"), secret_hash__in=hashes)
    rows = Application.objects.filter(client_id=client_id).annotate(
        was_known=Exists(known), is_revoked=Exists(known.exclude(revoked_at=None))
    )
    found = rows.values_list("token_endpoint_auth_method", "was_known", "is_revoked").first()
    if found is None:
        return Cause.UNKNOWN_CLIENT
    registered, was_known, is_revoked = found
    if registered != method:
        return Cause.WRONG_METHOD
    if is_revoked:
        return Cause.REVOKED_SECRET
    return Cause.EXPIRED_SECRET if was_known else Cause.WRONG_SECRET


def parameter(cause: Cause, method: str) -> str:
    """Return where to look: at the registration, or at what the request presents."""
    is_other_method = cause is Cause.WRONG_METHOD
    return (
        "token_endpoint_auth_method" if is_other_method else _PLACES[Application.AuthMethod(method)]
    )
