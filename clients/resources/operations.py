"""Writes resources, and what applications have to do with them."""

from collections.abc import Sequence

from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from clients.models import Application, Organisation, Resource
from clients.resources.rules import (
    Description,
    Finding,
    ResourceProblem,
    findings,
    server_problem,
)
from clients.scopes import SCOPES


class ResourceRefusedError(Exception):
    """A resource could not be written; `findings` name every reason."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(*(finding.problem for finding in findings))
        self.findings = tuple(findings)


@transaction.atomic
def create(*, organisation: Organisation, description: Description, by: Actor) -> Resource:
    """Create a resource, which no application may call yet.

    Raises:
        ResourceRefusedError: the description is unfit, or its identifier or short name is taken.
    """
    found = findings(
        description,
        issuer=settings.ISSUER,
        residents_scopes=SCOPES.keys(),
        loopback=settings.DEMO,
    )
    if found:
        raise ResourceRefusedError(found)
    row = Resource(
        organisation=organisation,
        slug=description.short_name,
        name=description.name,
        identifier=description.identifier,
        scopes=list(description.scopes),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        taken = Finding("identifier", ResourceProblem.IDENTIFIER_TAKEN, description.identifier)
        raise ResourceRefusedError([taken]) from error
    about = About(
        organisation_id=organisation.pk, object_kind="resource", object_id=description.short_name
    )
    record(Event.RESOURCE_CREATED, by=by, about=about)
    return row


@transaction.atomic
def let_call(*, resource: Resource, application: Application, by: Actor) -> None:
    """Let the application have tokens for this resource from now on."""
    locked = _locked(application)
    if locked.calls.filter(pk=resource.pk).exists():
        return
    locked.calls.add(resource)
    _record_change(locked, resource, by, parts="calls")


@transaction.atomic
def stop_calls(*, resource: Resource, application: Application, by: Actor) -> None:
    """Give the application no more tokens for this resource; those it has pass no introspection."""
    locked = _locked(application)
    if not locked.calls.filter(pk=resource.pk).exists():
        return
    locked.calls.remove(resource)
    _record_change(locked, resource, by, parts="calls")


@transaction.atomic
def let_serve(*, resource: Resource, application: Application, by: Actor) -> None:
    """Let the application ask about tokens for this resource, and for no other.

    Raises:
        ResourceRefusedError: it is public, or another organisation's.
    """
    locked = _locked(application)
    problem = server_problem(
        is_public=locked.client_type == Application.CLIENT_PUBLIC,
        same_organisation=locked.organisation_id == resource.organisation_id,
    )
    if problem:
        raise ResourceRefusedError([Finding("application", problem, locked.slug)])
    _set_served(locked, resource, resource, by)


@transaction.atomic
def stop_serving(*, resource: Resource, application: Application, by: Actor) -> None:
    """Let the application ask no more about tokens for this resource."""
    locked = _locked(application)
    if locked.serves_id == resource.pk:
        _set_served(locked, None, resource, by)


def _set_served(
    application: Application, served: Resource | None, about: Resource, by: Actor
) -> None:
    if application.serves_id == (served.pk if served else None):
        return
    application.serves = served
    application.save(update_fields=["serves", "updated"])
    _record_change(application, about, by, parts="serves")


def _locked(application: Application) -> Application:
    return Application.objects.select_for_update(no_key=True).get(pk=application.pk)


def _record_change(application: Application, resource: Resource, by: Actor, *, parts: str) -> None:
    about = About(
        organisation_id=application.organisation_id,
        application_id=application.client_id,
        object_kind="resource",
        object_id=resource.slug,
        detail={"parts": parts},
    )
    record(Event.APPLICATION_CHANGED, by=by, about=about)
