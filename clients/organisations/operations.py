"""Writes organisations."""

from django.db import IntegrityError, transaction

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from clients.models import Organisation
from clients.organisations.rules import NameProblem, name_problem, slug_of, slug_problem
from clients.signals import organisation_suspended


class OrganisationRefusedError(Exception):
    """An organisation could not be made; `problem` names why."""

    def __init__(self, problem: NameProblem) -> None:
        super().__init__(problem)
        self.problem = problem


@transaction.atomic
def create(*, name: str, slug: str = "", is_council: bool = False, by: Actor) -> Organisation:
    """Create an organisation; its short name is made from the name unless given.

    Raises:
        OrganisationRefusedError: the name cannot be shown, or the short name typed or is taken.
    """
    slug = slug or slug_of(name)
    if problem := name_problem(name) or slug_problem(slug):
        raise OrganisationRefusedError(problem)
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(name=name, slug=slug, is_council=is_council)
    except IntegrityError as error:
        raise OrganisationRefusedError(NameProblem.SLUG_TAKEN) from error
    _record(Event.ORGANISATION_CREATED, organisation, by)
    return organisation


@transaction.atomic
def suspend(*, organisation: Organisation, by: Actor) -> Organisation:
    """Stop everything that this organisation's applications do, until it is reinstated."""
    locked = _locked(organisation)
    if locked.status == Organisation.Status.SUSPENDED:
        return locked
    _set_status(locked, Organisation.Status.SUSPENDED)
    _record(Event.ORGANISATION_SUSPENDED, locked, by)
    organisation_suspended.send(Organisation, organisation=locked, by=by)
    return locked


@transaction.atomic
def reinstate(*, organisation: Organisation, by: Actor) -> Organisation:
    """Let the organisation's applications work again. Their ended tokens stay ended."""
    locked = _locked(organisation)
    if locked.status == Organisation.Status.ACTIVE:
        return locked
    _set_status(locked, Organisation.Status.ACTIVE)
    _record(Event.ORGANISATION_REINSTATED, locked, by)
    return locked


def _locked(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def _set_status(organisation: Organisation, status: Organisation.Status) -> None:
    organisation.status = status
    organisation.save(update_fields=["status"])


def _record(event: Event, organisation: Organisation, by: Actor) -> None:
    record(event, by=by, about=About(organisation_id=organisation.pk))
