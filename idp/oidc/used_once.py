"""JWTs of applications that are good for one request, in every process (RFC 7519 §4.1.7)."""

from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction

from clients.models import Application
from idp.models import UsedJti


class UsedBeforeError(Exception):
    """The JWT is right, but no new one: somebody may have overheard it."""


def use_up(*, application: Application, jti: str, expires_at: datetime) -> None:
    """Let a verified JWT be good no more; from `expires_at` on it must be refused anyhow.

    Raises:
        UsedBeforeError: it was used; of twenty requests at once, one goes on.
    """
    try:
        with transaction.atomic():
            UsedJti.objects.create(
                application=application,
                jti_hash=sha256(jti.encode()).hexdigest(),
                expires_at=expires_at,
            )
    except IntegrityError as error:
        raise UsedBeforeError from error
