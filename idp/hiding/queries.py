"""Reads which services are kept out of sight."""

from accounts.models import Account
from clients.models import Application
from idp.models import HiddenService


def is_sensitive(application: Application | None, account: Account | None) -> bool:
    """Say whether nobody who looks over a shoulder may see that this one is used."""
    if application is None or application.is_sensitive or account is None:
        return application is not None and application.is_sensitive
    return HiddenService.objects.filter(account=account, application=application).exists()
