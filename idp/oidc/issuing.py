"""What a successful token request gets (RFC 6749 §5.1, OIDC Core §3.1.3.3)."""

from datetime import datetime
from typing import Any

from django.conf import settings

from accounts.audit import actor
from accounts.audit.events import Event
from accounts.audit.operations import record
from accounts.security import keyed_hash
from accounts.security.tokens import random_token
from idp.disclosures import operations as disclosures
from idp.keys import queries as keys
from idp.models import Disclosure, RefreshToken
from idp.oidc import access_token, id_token
from idp.oidc.basis import Basis
from idp.oidc.confirmation import token_type

REFRESH_PURPOSE = "refresh_token"
OFFLINE = "offline_access"


def issue(basis: Basis, *, event: Event, now: datetime, may_refresh: bool = True) -> dict[str, Any]:
    """Write the tokens' rows and return the token response; the caller's transaction is open.

    `may_refresh`: whether a refresh token is among them; not where its holder keeps the one it has.
    """
    key = keys.signing_key_read(basis.signing_kid, basis.application.algorithm)
    access = access_token.issue(basis, key=key, now=now)
    body: dict[str, Any] = {
        "access_token": access.token,
        "token_type": token_type(basis.cnf),
        "expires_in": access.expires_in,
        "scope": " ".join(basis.scopes),
    }
    details = id_token.details(basis) if "openid" in basis.scopes else {}
    if "openid" in basis.scopes:
        body["id_token"] = id_token.make(
            basis, more=details, access_token=access.token, key=key, now=now
        )
    if may_refresh and _may_refresh(basis):
        body["refresh_token"] = _refresh_token(basis, now=now)
    # Both kinds of token name the resident.
    disclosures.note(
        consent=basis.consent,
        endpoint=Disclosure.Endpoint.TOKEN,
        claims={"sub", *details},
        at=now,
    )
    record(event, by=actor.application(basis.application.client_id), about=basis.about())
    return body


def _may_refresh(basis: Basis) -> bool:
    # OIDC Core §11: only with offline_access, and only while the resident still agrees to it.
    agreed = OFFLINE in basis.granted.split() and OFFLINE in basis.consent.scopes
    return agreed and "refresh_token" in basis.application.grant_types


def _refresh_token(basis: Basis, *, now: datetime) -> str:
    token = random_token()
    RefreshToken.objects.create(
        token_hash=keyed_hash.digest(REFRESH_PURPOSE, token),
        token_family=basis.family,
        application=basis.application,
        user=basis.account,
        consent=basis.consent,
        participant=basis.participant,
        authentication=basis.authentication,
        scope=basis.granted,
        claims=basis.claims,
        resource=basis.granted_resource,
        cnf=basis.cnf,
        expires=refresh_token_expires(basis, now=now),
    )
    return token


def refresh_token_expires(basis: Basis, *, now: datetime) -> datetime:
    """Return until when a refresh token is good that is issued or used now."""
    return min(now + settings.REFRESH_TOKEN_IDLE, basis.consent.expires_at)
