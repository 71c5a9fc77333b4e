"""Writes which services residents hide."""

from django.db import transaction

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account
from clients.models import Application
from idp.models import HiddenService


@transaction.atomic
def hide(*, account: Account, application: Application, by: Actor) -> None:
    """Keep the service out of the account's pages and mails; a second time changes nothing."""
    _, is_new = HiddenService.objects.get_or_create(account=account, application=application)
    if is_new:
        record(Event.SERVICE_HIDDEN, by=by, about=_about(account, application))


@transaction.atomic
def show(*, account: Account, application: Application, by: Actor) -> None:
    """Show the service again; one that the council marked stays out of sight all the same."""
    gone, _ = HiddenService.objects.filter(account=account, application=application).delete()
    if gone:
        record(Event.SERVICE_SHOWN, by=by, about=_about(account, application))


@transaction.atomic
def take_over(*, closed: Account, kept: Account, by: Actor) -> None:
    """Keep out of sight for one account what another of the same owner hid."""
    for row in HiddenService.objects.filter(account=closed).select_related("application"):
        hide(account=kept, application=row.application, by=by)


def _about(account: Account, application: Application) -> About:
    return About(
        account_id=account.pk,
        organisation_id=application.organisation_id,
        application_id=application.client_id,
    )
