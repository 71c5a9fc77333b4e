"""Writes the live application that was approved."""

from dataclasses import replace

from django.db import transaction

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.notices.catalogue import Template
from clients.applications import operations as applications
from clients.applications.logo import operations as logos
from clients.applications.operations import Created
from clients.approval import queries, telling
from clients.approval.operations import end, of_state, recorded
from clients.models import Application, Submission

State = Submission.State
_LONGEST_OF_NAME = 48


@transaction.atomic
def take(*, submission: Submission, by: Actor) -> Created:
    """Make the live application, once; its secret is returned and cannot be read again.

    Raises:
        SubmissionRefusedError: it is not approved, or was taken before.
        ApplicationRefusedError: what was approved breaks a rule that is newer.
    """
    row = of_state(submission, State.APPROVED)
    sandbox = row.application
    wanted = replace(queries.proposed(row), slug=_short_name(sandbox))
    organisation = sandbox.organisation
    created = applications.create(organisation=organisation, registration=wanted, by=by)
    live = created.application
    live.made_from = sandbox
    live.agreement_reference = row.agreement_reference
    live.agreement_ends_on = row.agreement_ends_on
    live.save(update_fields=["made_from", "agreement_reference", "agreement_ends_on", "updated"])
    if (logo := queries.logo(row)) is not None:
        logos.take_over(application=live, logo=logo, by=by)
    end(row, State.LIVE)
    recorded(Event.APPLICATION_WENT_LIVE, row, by=by, live=live.client_id)
    telling.tell_owners(row, Template.SUBMISSION_CHANGED)
    return created


def _short_name(sandbox: Application) -> str:
    """Return the sandbox's short name with `-live`, numbered where there is one."""
    made = f"{sandbox.slug[:_LONGEST_OF_NAME].strip('-')}-live"
    taken = set(Application.objects.filter(slug__startswith=made).values_list("slug", flat=True))
    names = (made if number == 1 else f"{made}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
