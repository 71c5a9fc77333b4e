"""Writes of the device grant up to its answer: a code asked for, confirmed, or turned away."""

from dataclasses import dataclass, field
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Session
from accounts.security import keyed_hash
from accounts.security.browser import BrowserId
from accounts.security.tokens import random_token
from idp.models import AuthorizationRequest, DeviceGrant
from idp.oidc import device_codes
from idp.oidc.authorize.asked import Asked
from idp.oidc.device import queries, user_codes

_TRIES: Final = 3


@dataclass(frozen=True)
class Codes:
    """What a device gets: the code that it polls with, and the one that it shows."""

    device_code: str = field(repr=False)
    user_code: str = field(repr=False)


def ask(*, asked: Asked) -> Codes:
    """Let a device wait for its owner's answer; only keyed hashes of its codes are stored."""
    for _try in range(_TRIES - 1):
        try:
            return _ask(asked)
        except IntegrityError:
            # A code that another device shows: so rare that the third is sure to be free.
            continue
    return _ask(asked)


@transaction.atomic
def _ask(asked: Asked) -> Codes:
    codes = Codes(random_token(), user_codes.new())
    DeviceGrant.objects.create(
        device_code_hash=keyed_hash.digest(device_codes.PURPOSE, codes.device_code),
        user_code_hash=keyed_hash.digest(queries.PURPOSE, codes.user_code),
        application=asked.application,
        scope=" ".join(asked.scopes),
        acr_values=asked.acr_values,
        resource=asked.resource,
        interval=device_codes.INTERVAL,
        expires=timezone.now() + settings.DEVICE_CODE_LIFETIME,
    )
    return codes


@transaction.atomic
def confirm(
    *, grant: DeviceGrant, session: Session, browser: BrowserId, by: Actor
) -> AuthorizationRequest:
    """Note that the session's owner has the device before them, and return its request.

    It is no longer good than the code, and for nobody else: whoever signs in meanwhile types the
    code once more.
    """
    record(Event.DEVICE_CODE_CONFIRMED, by=by, about=_about(grant, session))
    return AuthorizationRequest.objects.create(
        application=grant.application,
        device_grant=grant,
        browser_hash=browser.hash,
        scope=grant.scope,
        acr_values=grant.acr_values,
        resource=grant.resource,
        max_age=grant.application.default_max_age,
        session=session,
        account_confirmed_at=timezone.now(),
        expires_at=grant.expires,
    )


@transaction.atomic
def refuse(*, grant: DeviceGrant, session: Session, by: Actor) -> bool:
    """Turn away a device that is not the session owner's; say whether it was still waiting."""
    is_refused = device_codes.refuse(device=grant.pk)
    if is_refused:
        record(Event.DEVICE_CODE_REFUSED, by=by, about=_about(grant, session))
    return is_refused


def _about(grant: DeviceGrant, session: Session) -> About:
    return About(
        account_id=session.account_id,
        session_id=session.pk,
        organisation_id=grant.application.organisation_id,
        application_id=grant.application.client_id,
        object_kind="token_family",
        object_id=str(grant.token_family),
    )
