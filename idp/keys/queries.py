"""Which keys sign, which are published, and whether one may be trusted; read afresh each time."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from idp.keys import loaded
from idp.keys.rules import is_published
from idp.models import SigningKey


class NoSigningKeyError(Exception):
    """No key of this algorithm is active: `manage.py keys create` was never run."""


def signing_key(algorithm: str) -> loaded.SigningKeyPair:
    """Return the key that signs with this algorithm now.

    Raises:
        NoSigningKeyError: there is none.
    """
    row = (
        SigningKey.objects.filter(algorithm=algorithm, state=SigningKey.State.ACTIVE)
        .values_list("kid", "private_key")
        .first()
    )
    if row is None:
        raise NoSigningKeyError(algorithm)
    kid, stored = row
    return loaded.for_signing(kid, algorithm, stored)


def kid_column(algorithm: str) -> Subquery:
    """Return the kid of the key that signs now, for rows whose `algorithm` names which it has."""
    active = SigningKey.objects.filter(algorithm=OuterRef(algorithm), state=SigningKey.State.ACTIVE)
    return Subquery(active.values("kid")[:1])


def signing_key_read(kid: str | None, algorithm: str) -> loaded.SigningKeyPair:
    """Return the key whose kid was read just now, as active, beside something else.

    Its row is read only until this process has parsed it.

    Raises:
        NoSigningKeyError: there is none.
    """
    if kid is None:
        raise NoSigningKeyError(algorithm)
    return loaded.kept_for_signing(kid) or signing_key(algorithm)


def retired_keys_kept() -> timedelta:
    """Return how long after its retirement a key still verifies.

    Longer than any token lives: a service signs out with the ID token it got at the start of a
    session.
    """
    return settings.SESSION_ABSOLUTE + max(
        settings.ID_TOKEN_LIFETIME, settings.ACCESS_TOKEN_LIFETIME
    )


def published() -> list[dict[str, Any]]:
    """Return the JWKs that relying parties should know, in a steady order."""
    now, kept = timezone.now(), retired_keys_kept()
    rows = SigningKey.objects.exclude(state=SigningKey.State.REVOKED).order_by("created_at", "kid")
    return [
        row.public_jwk
        for row in rows.defer("private_key")
        if is_published(state=row.state, retired_at=row.retired_at, now=now, kept=kept)
    ]


def verifying_key(kid: str) -> loaded.VerifyingKey | None:
    """Return the published key of this kid, None for one that is unknown, revoked or gone."""
    jwk = next((jwk for jwk in published() if jwk["kid"] == kid), None)
    return loaded.for_verifying(jwk) if jwk else None


def algorithms_ready() -> set[str]:
    """Return the algorithms that have an active key."""
    active = SigningKey.objects.filter(state=SigningKey.State.ACTIVE)
    return set(active.values_list("algorithm", flat=True))


def listed() -> list[SigningKey]:
    """Return all keys without their private halves, the oldest first."""
    return list(SigningKey.objects.defer("private_key").order_by("created_at", "kid"))
