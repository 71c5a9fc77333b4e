"""Which services get an address that its owner chose for them: known further up, asked for here."""

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import EmailAddress


class ServicesOf(Protocol):
    """What the setting SERVICES_OF_EMAIL names."""

    def __call__(self, address: EmailAddress) -> list[str]:
        """Return the names of the services that an open page may name."""


def services_of(address: EmailAddress) -> list[str]:
    """Return the services, by name, that get no address once this one is gone or unsafe.

    Those that are kept out of sight are not among them: the page must speak of them all in general.
    """
    find: ServicesOf = import_string(settings.SERVICES_OF_EMAIL)
    return find(address)
