"""One subject of an application's registration on a page of its own."""

from dataclasses import replace
from typing import Any, ClassVar

from django.utils.functional import Promise

from clients.applications.form.forms import FoundForm
from clients.applications.registration import Registration


class ChangeForm(FoundForm):
    """One subject of a registration: how it stands, and what becomes of it."""

    heading: ClassVar[Promise]

    @classmethod
    def concerns(cls, registration: Registration) -> bool:
        """Say whether an application like this has it at all."""
        del registration
        return True

    @classmethod
    def filled(cls, registration: Registration) -> dict[str, Any]:
        """Return the fields as they stand."""
        return {name: getattr(registration, name) for name in cls.base_fields}

    def applied(self, registration: Registration) -> Registration:
        """Return the registration with the answers."""
        return replace(registration, **self.cleaned_data)
