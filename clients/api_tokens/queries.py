"""Reads tokens."""

from datetime import datetime

from django.db.models import QuerySet

from accounts.security import keyed_hash
from clients.api_tokens.rules import PREFIX
from clients.models import ApiToken, Organisation

PURPOSE = "api_token"


def presented(text: str) -> ApiToken | None:
    """Return the token that a program presents, with its organisation, good or not."""
    if not text.startswith(PREFIX):
        return None
    hashes = keyed_hash.candidates(PURPOSE, text)
    rows = ApiToken.objects.select_related("organisation")
    return rows.filter(token_hash__in=hashes).first()


def in_use(organisation: Organisation, *, now: datetime) -> QuerySet[ApiToken]:
    """Return the organisation's tokens that are good, newest first, with their makers."""
    rows = organisation.api_tokens.filter(revoked_at=None, expires_at__gt=now)
    return rows.select_related("made_by").order_by("-pk")
