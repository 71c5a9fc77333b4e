"""Reads which services are kept out of sight."""

from accounts.models import Account
from clients.models import Application
from idp.models import HiddenService


def is_sensitive(application: Application, account: Account | None) -> bool:
    """Say whether pages must not show, to whoever looks over a shoulder, that this one is used."""
    if application.is_sensitive or account is None:
        return application.is_sensitive
    return HiddenService.objects.filter(account=account, application=application).exists()


def hidden(account: Account) -> frozenset[int]:
    """Return the ids of the applications that the account's owner hid."""
    rows = HiddenService.objects.filter(account=account)
    return frozenset(rows.values_list("application_id", flat=True))
