"""Writes an organisation together with its first application."""

from django.db import transaction

from accounts.audit.actor import Actor
from accounts.models import Account
from clients.applications.form.operations import register
from clients.applications.operations import Created
from clients.applications.registration import Registration
from clients.organisations.signing_up.operations import create_with_owner


@transaction.atomic
def begin(*, organisation: str, registration: Registration, account: Account, by: Actor) -> Created:
    """Create an organisation with its first owner and a sandbox application: both or neither.

    Raises:
        OrganisationRefusedError: it may not be called so.
        ApplicationRefusedError: the registration is unfit, in the findings of every part.
    """
    row = create_with_owner(name=organisation, account=account, by=by)
    return register(organisation=row, registration=registration, by=by)
