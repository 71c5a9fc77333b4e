"""Writes applications; `changing` changes them."""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import IntegrityError, transaction

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from clients.applications import terms
from clients.applications.columns import columns_of
from clients.applications.credentials import operations as credentials
from clients.applications.registration import Registration
from clients.applications.rules import Finding, RegistrationProblem
from clients.applications.skipping import skipping_findings
from clients.applications.writing import (
    ApplicationRefusedError,
    findings_of,
    locked,
    recorded,
    refuse,
)
from clients.models import Application, Organisation
from clients.organisations.rules import NameProblem
from clients.signals import application_suspended


@dataclass(frozen=True)
class Created:
    """A new application, and its secret, if any: shown once, kept only as a keyed hash."""

    application: Application
    client_secret: str = field(repr=False)


@transaction.atomic
def create(
    *,
    organisation: Organisation,
    registration: Registration,
    by: Actor,
    secret_lifetime: timedelta | None = None,
) -> Created:
    """Create an application; `client_secret` is empty for one that authenticates without.

    `secret_lifetime`: how long it is good; none: until it is replaced.

    Raises:
        ApplicationRefusedError: the registration is unfit, or its short name or sector is taken.
    """
    of_council = organisation.is_council
    skipping = skipping_findings(registration, of_council=of_council, registered_itself=False)
    refuse([*findings_of(registration), *skipping])
    _refuse_foreign_sector(organisation, registration.sector_identifier)
    application = _insert(_row(organisation, registration))
    terms.begin(application, registration.scopes)
    recorded(Event.APPLICATION_CREATED, application, by=by)
    has_secret = application.token_endpoint_auth_method in credentials.METHODS
    if not has_secret:
        return Created(application, "")
    secret = credentials.issue(application=application, by=by, lifetime=secret_lifetime)
    return Created(application, secret)


@transaction.atomic
def suspend(*, application: Application, by: Actor) -> Application:
    """Stop everything that the application does, until it is reinstated."""
    row = locked(application)
    if row.status != Application.Status.ACTIVE:
        return row
    _set_status(row, Application.Status.SUSPENDED)
    recorded(Event.APPLICATION_SUSPENDED, row, by=by)
    application_suspended.send(Application, application=row, by=by)
    return row


@transaction.atomic
def reinstate(*, application: Application, by: Actor) -> Application:
    """Let the application work again. Its ended tokens stay ended.

    Raises:
        ApplicationRefusedError: it was closed or has retired, for good.
    """
    row = locked(application)
    if row.status == Application.Status.ACTIVE:
        return row
    if row.status in {Application.Status.CLOSED, Application.Status.RETIRED}:
        refuse([Finding("application", RegistrationProblem.CLOSED, row.slug)])
    _set_status(row, Application.Status.ACTIVE)
    recorded(Event.APPLICATION_REINSTATED, row, by=by)
    return row


@transaction.atomic
def close(*, application: Application, by: Actor) -> None:
    """End the application for good, and everything that it holds; its row stays as a record."""
    row = locked(application)
    if row.status == Application.Status.CLOSED:
        return
    row.status = Application.Status.CLOSED
    row.registration_token_hash = ""
    row.contacts = []
    row.save(update_fields=["status", "registration_token_hash", "contacts", "updated"])
    credentials.end_all(application=row, by=by)
    recorded(Event.APPLICATION_CLOSED, row, by=by)
    application_suspended.send(Application, application=row, by=by)


def _refuse_foreign_sector(organisation: Organisation, sector: str) -> None:
    others = Application.objects.exclude(organisation=organisation)
    if sector and others.filter(sector_identifier=sector).exists():
        refuse([Finding("sector_identifier", RegistrationProblem.SECTOR_TAKEN, sector)])


def _row(organisation: Organisation, registration: Registration) -> Application:
    # Hexadecimal: an id that begins with a hyphen would be an option on every command line.
    client_id = secrets.token_hex(16)
    return Application(
        organisation=organisation,
        client_id=client_id,
        slug=registration.short_name,
        sector_identifier=registration.sector_identifier or client_id,
        **columns_of(registration),
    )


def _insert(application: Application) -> Application:
    try:
        with transaction.atomic():
            application.save(force_insert=True)
    except IntegrityError as error:
        finding = Finding("slug", NameProblem.SLUG_TAKEN, application.slug)
        raise ApplicationRefusedError([finding]) from error
    return application


def _set_status(application: Application, status: Application.Status) -> None:
    application.status = status
    application.save(update_fields=["status", "updated"])
