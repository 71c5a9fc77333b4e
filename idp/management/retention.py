"""How long this app keeps what it need not keep."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from accounts.management.purging import Retention
from idp.models import (
    AccessToken,
    AuthorizationRequest,
    Delivery,
    DeviceGrant,
    Disclosure,
    Grant,
    RefreshToken,
    RequestTrail,
    TrailOverflow,
    UsedJti,
)
from idp.trail.rules import KEPT

_REPLAY_NOTICED = timedelta(days=1)
_LATE_COMERS = timedelta(days=1)
_DELIVERIES_SHOWN = timedelta(days=30)
_LEDGER_KEPT = timedelta(days=730)


def _codes(now: datetime) -> QuerySet[Grant]:
    # A used one stays a while: by it a replay is noticed.
    return Grant.objects.filter(expires__lte=now - _REPLAY_NOTICED)


def _device_codes(now: datetime) -> QuerySet[DeviceGrant]:
    return DeviceGrant.objects.filter(expires__lte=now - _REPLAY_NOTICED)


def _access_tokens(now: datetime) -> QuerySet[AccessToken]:
    return AccessToken.objects.filter(expires__lte=now)


def _refresh_tokens(now: datetime) -> QuerySet[RefreshToken]:
    # One revoked row ends its family, so it goes only with the last of them.
    living = RefreshToken.objects.filter(token_family=OuterRef("token_family"), expires__gt=now)
    return RefreshToken.objects.filter(~Exists(living), expires__lte=now)


def _requests(now: datetime) -> QuerySet[AuthorizationRequest]:
    # Whoever comes back late is told so, and led to the service, while it is still known which.
    late = Q(expires_at__lte=now - _LATE_COMERS)
    # What an application left and nobody ever opened has nobody to come back to it.
    unopened = Q(browser_hash="", expires_at__lte=now)
    return AuthorizationRequest.objects.filter(late | unopened)


def _deliveries(now: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(expires_at__lte=now - _DELIVERIES_SHOWN)


def _ledger(now: datetime) -> QuerySet[Disclosure]:
    # Long enough to ask what happened in the year of an agreement and in the one after.
    return Disclosure.objects.filter(day__lt=localdate(now - _LEDGER_KEPT))


def _trail(now: datetime) -> QuerySet[RequestTrail]:
    return RequestTrail.objects.filter(at__lte=now - KEPT)


def _overflows(now: datetime) -> QuerySet[TrailOverflow]:
    return TrailOverflow.objects.filter(hour__lte=now - KEPT)


def _assertions(now: datetime) -> QuerySet[UsedJti]:
    # An expired one is refused anyhow.
    return UsedJti.objects.filter(expires_at__lte=now)


RETENTION = (
    Retention("codes", _codes),
    Retention("device codes", _device_codes),
    Retention("access tokens", _access_tokens),
    Retention("refresh tokens", _refresh_tokens),
    Retention("authorization requests", _requests),
    Retention("used client assertions", _assertions),
    Retention("deliveries", _deliveries),
    Retention("request trail", _trail),
    Retention("counts of what the request trail left out", _overflows),
    Retention("ledger of what was shared", _ledger),
)
