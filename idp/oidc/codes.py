"""Authorization codes: issued here, redeemed at the token endpoint (RFC 6749 §4.1)."""

from typing import Final

from django.conf import settings
from django.utils import timezone

from accounts.models import Account
from accounts.security import keyed_hash
from accounts.security.tokens import random_token
from idp.models import AuthorizationRequest, Consent, Grant, Participant
from idp.oidc.assurance import authentication_of
from idp.oidc.subjects import subject_for

PURPOSE: Final = "authorization_code"


def issue(
    *,
    request: AuthorizationRequest,
    participant: Participant,
    consent: Consent,
    account: Account,
) -> str:
    """Return a new code for this request; only its keyed hash is stored."""
    code = random_token()
    subject_for(account, request.application)
    Grant.objects.create(
        code_hash=keyed_hash.digest(PURPOSE, code),
        application=request.application,
        user=account,
        participant=participant,
        consent=consent,
        redirect_uri=request.redirect_uri,
        scope=request.scope,
        nonce=request.nonce,
        code_challenge=request.code_challenge,
        authentication=authentication_of(participant.session),
        expires=timezone.now() + settings.CODE_LIFETIME,
    )
    return code
