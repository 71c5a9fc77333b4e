"""Writes client secrets."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.security import keyed_hash
from accounts.security.tokens import random_token
from clients.models import Application, ClientSecret

PURPOSE = "client_secret"
METHODS = (Application.AuthMethod.SECRET_BASIC, Application.AuthMethod.SECRET_POST)


class NoSecretError(Exception):
    """The application authenticates without a secret: by a key of its own, or not at all."""


@transaction.atomic
def issue(*, application: Application, by: Actor) -> str:
    """Give the application one more secret, and return it: it cannot be read again.

    Raises:
        NoSecretError: the application has none.
    """
    _lock(application)
    secret = _add(application)
    _record(Event.CLIENT_SECRET_ISSUED, application, by)
    return secret


@transaction.atomic
def rotate(*, application: Application, overlap: timedelta, by: Actor) -> str:
    """Replace the application's secret, and return the new one: it cannot be read again.

    The last secret stays good for `overlap`, all earlier ones end now: two live ones at most.

    Raises:
        NoSecretError: the application has none.
    """
    _lock(application)
    _end_old(application, now=timezone.now(), overlap=overlap)
    secret = _add(application)
    _record(Event.CLIENT_SECRET_ROTATED, application, by)
    return secret


@transaction.atomic
def end_all(*, application: Application, by: Actor) -> None:
    """End every secret of the application at once."""
    if application.secrets.filter(revoked_at=None).update(revoked_at=timezone.now()):
        _record(Event.CLIENT_SECRET_ENDED, application, by)


def _lock(application: Application) -> None:
    locked = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    if locked.token_endpoint_auth_method not in METHODS:
        raise NoSecretError


def _add(application: Application) -> str:
    secret = random_token()
    ClientSecret.objects.create(
        application=application, secret_hash=keyed_hash.digest(PURPOSE, secret)
    )
    return secret


def _end_old(application: Application, *, now: datetime, overlap: timedelta) -> None:
    live = application.secrets.filter(revoked_at=None)
    last = live.filter(expires_at=None).order_by("-pk").first()
    if last is None or not overlap:
        live.update(revoked_at=now)
        return
    live.exclude(pk=last.pk).update(revoked_at=now)
    last.expires_at = now + overlap
    last.save(update_fields=["expires_at"])


def _record(event: Event, application: Application, by: Actor) -> None:
    about = About(organisation_id=application.organisation_id, application_id=application.client_id)
    record(event, by=by, about=about)
