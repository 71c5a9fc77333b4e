"""Tokens of programs at the partners' API."""

from datetime import timedelta
from secrets import token_hex
from typing import Any

from django.utils import timezone

from accounts.security import keyed_hash
from accounts.security.tokens import random_token
from clients.api_tokens.queries import PURPOSE
from clients.api_tokens.rules import PREFIX
from clients.models import ApiToken, Member, Organisation
from tests.factories import partners, people


def api_token(of: Organisation, role: str = Member.Role.OWNER, **columns: Any) -> str:
    """Return a new token of the organisation, as a program sends it; an owner made it."""
    secret = PREFIX + random_token()
    owner = of.members.filter(role=Member.Role.OWNER).first()
    maker = owner or partners.member(people.account(f"{token_hex(4)}@mail.example"), of=of)
    defaults = {
        "name": secret[-8:],
        "expires_at": timezone.now() + timedelta(days=1),
        "made_by": maker.account,
    }
    ApiToken.objects.create(
        organisation=of,
        role=role,
        token_hash=keyed_hash.digest(PURPOSE, secret),
        **{**defaults, **columns},
    )
    return secret
