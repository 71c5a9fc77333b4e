"""Writes client secrets."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.security import keyed_hash
from accounts.security.tokens import random_token
from clients.applications.credentials import queries
from clients.applications.credentials.queries import KIND
from clients.applications.credentials.rules import MOST_LIVE, NOTICES, SecretProblem, longest
from clients.applications.queries import live_secrets
from clients.models import Application, ClientSecret

PURPOSE = "client_secret"
METHODS = (Application.AuthMethod.SECRET_BASIC, Application.AuthMethod.SECRET_POST)


class NoSecretError(Exception):
    """The application authenticates without a secret: by a key of its own, or not at all."""


class SecretRefusedError(Exception):
    """No secret was made; `problem` names why."""

    def __init__(self, problem: SecretProblem) -> None:
        super().__init__(problem)
        self.problem = problem


@transaction.atomic
def issue(*, application: Application, by: Actor, lifetime: timedelta | None = None) -> str:
    """Give the application one more secret, and return it: it cannot be read again.

    Raises:
        NoSecretError: the application has none.
    """
    _lock(application)
    return _issued(application, lifetime, by)


@transaction.atomic
def add(*, application: Application, lifetime: timedelta, after: int, by: Actor) -> str:
    """Give the application a second secret while the first is good, and return it.

    `after`: the number of the newest secret that whoever asks has seen, so that the same form sent
    again makes no other.

    Raises:
        NoSecretError: the application has none.
        SecretRefusedError: two are good, it would be good for too long, or a newer one was made.
    """
    _lock(application)
    is_live = application.environment == Application.Environment.LIVE
    if not timedelta(0) < lifetime <= longest(is_live=is_live):
        raise SecretRefusedError(SecretProblem.LIFE_UNFIT)
    if queries.newest(application) != after:
        raise SecretRefusedError(SecretProblem.MADE_MEANWHILE)
    if live_secrets(application, now=timezone.now()).count() >= MOST_LIVE:
        raise SecretRefusedError(SecretProblem.TWO_ARE_GOOD)
    return _issued(application, lifetime, by)


@transaction.atomic
def end(*, application: Application, number: int, by: Actor) -> None:
    """End one secret of the application at once; ended already, nothing happens."""
    _lock(application)
    good = live_secrets(application, now=timezone.now()).filter(pk=number)
    if good.update(revoked_at=timezone.now()):
        _record(Event.CLIENT_SECRET_ENDED, application, by, number)


@transaction.atomic
def rotate(*, application: Application, overlap: timedelta, by: Actor) -> str:
    """Replace the application's secret, and return the new one: it cannot be read again.

    The last secret stays good for `overlap`, all earlier ones end now: two live ones at most.

    Raises:
        NoSecretError: the application has none.
    """
    _lock(application)
    _end_old(application, now=timezone.now(), overlap=overlap)
    row, secret = _add(application, lifetime=None)
    _record(Event.CLIENT_SECRET_ROTATED, application, by, row.pk)
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


def _issued(application: Application, lifetime: timedelta | None, by: Actor) -> str:
    row, secret = _add(application, lifetime=lifetime)
    _record(Event.CLIENT_SECRET_ISSUED, application, by, row.pk)
    return secret


def _add(application: Application, *, lifetime: timedelta | None) -> tuple[ClientSecret, str]:
    secret = random_token()
    row = ClientSecret.objects.create(
        application=application,
        secret_hash=keyed_hash.digest(PURPOSE, secret),
        expires_at=timezone.now() + lifetime if lifetime else None,
    )
    return row, secret


def _end_old(application: Application, *, now: datetime, overlap: timedelta) -> None:
    live = application.secrets.filter(revoked_at=None)
    last = live_secrets(application, now=now).order_by("-pk").first()
    if last is None or not overlap:
        live.update(revoked_at=now)
        return
    live.exclude(pk=last.pk).update(revoked_at=now)
    last.expires_at = min(last.expires_at or now + overlap, now + overlap)
    # Whoever chose its end is not told of it.
    last.told_days_before = min(NOTICES)
    last.save(update_fields=["expires_at", "told_days_before"])


def _record(event: Event, application: Application, by: Actor, number: int | None = None) -> None:
    about = About(
        organisation_id=application.organisation_id,
        application_id=application.client_id,
        object_kind=KIND if number else "",
        object_id=str(number or ""),
    )
    record(event, by=by, about=about)
