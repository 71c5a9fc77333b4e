"""Tokens of programs at the partners' API."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.security import keyed_hash
from accounts.security.tokens import random_token
from clients.api_tokens.queries import PURPOSE
from clients.api_tokens.rules import PREFIX
from clients.models import ApiToken, Member, Organisation


def api_token(of: Organisation, role: str = Member.Role.OWNER, **columns: Any) -> str:
    """Return a new token of the organisation, as a program sends it."""
    secret = PREFIX + random_token()
    defaults = {"name": secret[-8:], "expires_at": timezone.now() + timedelta(days=1)}
    ApiToken.objects.create(
        organisation=of,
        role=role,
        token_hash=keyed_hash.digest(PURPOSE, secret),
        **{**defaults, **columns},
    )
    return secret
