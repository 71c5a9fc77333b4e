"""Writes which services and organisations residents block."""

from django.db import transaction

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account
from clients.models import Application, Organisation
from idp.blocking import queries
from idp.consent import operations as consents
from idp.models import Block


@transaction.atomic
def block_application(*, account: Account, application: Application, by: Actor) -> None:
    """Block the service, and end all that it holds of the account; again changes nothing."""
    _lock(account)
    _, is_new = Block.objects.get_or_create(account=account, application=application)
    if is_new:
        record(Event.SERVICE_BLOCKED, by=by, about=_about_application(account, application))
    consents.withdraw(account=account, application=application, by=by)


@transaction.atomic
def block_organisation(*, account: Account, organisation: Organisation, by: Actor) -> None:
    """Block all services of the organisation, those to come too, and end what they hold.

    The council's own too: the account stays, and whoever signs in to nothing of the council's can
    still reach it by phone, by post and at a counter, as the page says.
    """
    _lock(account)
    _, is_new = Block.objects.get_or_create(account=account, organisation=organisation)
    if is_new:
        record(Event.ORGANISATION_BLOCKED, by=by, about=_about_organisation(account, organisation))
    for application in queries.shared_with(account, organisation):
        consents.withdraw(account=account, application=application, by=by)


@transaction.atomic
def unblock_application(*, account: Account, application: Application, by: Actor) -> None:
    """Let the service ask again; what was shared before stays ended."""
    gone, _ = queries.of_applications(account).filter(application=application).delete()
    if gone:
        record(Event.SERVICE_UNBLOCKED, by=by, about=_about_application(account, application))


@transaction.atomic
def unblock_organisation(*, account: Account, organisation: Organisation, by: Actor) -> None:
    """Let the organisation's services ask again, but for those that are blocked by themselves."""
    gone, _ = queries.of_organisations(account).filter(organisation=organisation).delete()
    if gone:
        about = _about_organisation(account, organisation)
        record(Event.ORGANISATION_UNBLOCKED, by=by, about=about)


@transaction.atomic
def take_over(*, closed: Account, kept: Account, by: Actor) -> None:
    """Block for one account what another of the same owner blocked.

    But nothing that is shared with by the account that stays: nobody asked to end that.
    """
    for application in queries.applications(closed):
        if application not in queries.shared_with(kept, application.organisation):
            block_application(account=kept, application=application, by=by)
    for organisation in queries.organisations(closed):
        if not queries.shared_with(kept, organisation):
            block_organisation(account=kept, organisation=organisation, by=by)


def _lock(account: Account) -> None:
    # An agreement that comes about at this moment waits for the block, or is ended by it.
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)


def _about_application(account: Account, application: Application) -> About:
    return About(
        account_id=account.pk,
        organisation_id=application.organisation_id,
        application_id=application.client_id,
    )


def _about_organisation(account: Account, organisation: Organisation) -> About:
    return About(account_id=account.pk, organisation_id=organisation.pk)
