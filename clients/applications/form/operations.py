"""Writes what members of an organisation decide about its sandbox applications."""

import secrets
from collections.abc import Callable
from dataclasses import replace

from django.db import transaction

from accounts.audit.actor import Actor
from clients.applications import operations as applications
from clients.applications.changing import operations as changing
from clients.applications.changing.operations import Changed
from clients.applications.columns import described
from clients.applications.credentials.rules import LONGEST_SANDBOX
from clients.applications.form import queries
from clients.applications.operations import Created
from clients.applications.registration import Registration
from clients.applications.rules import Finding, RegistrationProblem
from clients.applications.writing import locked, refuse
from clients.models import Application, Organisation
from clients.organisations.rules import slug_of

_LONGEST_OF_NAME = 48


@transaction.atomic
def register(
    *, organisation: Organisation, registration: Registration, slug: str = "", by: Actor
) -> Created:
    """Create a sandbox application. Of one name there is one; its short name is derived from it.

    `slug`: the short name of whoever counts on it, as programs do.

    Raises:
        ApplicationRefusedError: the registration is unfit, in the findings of every part.
    """
    # One at a time: what is sent again, by a reload or a second click, is found to be there.
    row = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    refuse(queries.new_findings(row, registration))
    named = replace(registration, slug=slug or _short_name(registration.name), live=False)
    return applications.create(
        organisation=row, registration=named, by=by, secret_lifetime=LONGEST_SANDBOX
    )


@transaction.atomic
def alter(
    *, application: Application, change: Callable[[Registration], Registration], by: Actor
) -> Changed:
    """Change what a sandbox application is registered as, within what its organisation decides.

    Raises:
        ApplicationRefusedError: the change is unfit, for others to decide, or not the sandbox's.
    """
    row = locked(application)
    before = described(row)
    after = change(before)
    if after == before:
        return Changed(row)
    if row.environment != Application.Environment.SANDBOX:
        refuse([Finding("application", RegistrationProblem.REVIEWED)])
    refuse(queries.change_findings(row.organisation, before, after))
    return changing.become(
        application=row, registration=after, by=by, secret_lifetime=LONGEST_SANDBOX
    )


@transaction.atomic
def close(*, application: Application, by: Actor) -> None:
    """End a sandbox application for good.

    Raises:
        ApplicationRefusedError: it is live; residents must be told first.
    """
    row = locked(application)
    if row.environment != Application.Environment.SANDBOX:
        refuse([Finding("application", RegistrationProblem.REVIEWED)])
    applications.close(application=row, by=by)


def _short_name(name: str) -> str:
    made = slug_of(name)[:_LONGEST_OF_NAME].strip("-") or "application"
    taken = Application.objects.filter(slug=made).exists()
    return f"{made}-{secrets.token_hex(3)}" if taken else made
