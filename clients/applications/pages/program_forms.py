"""What members change about how an application's program speaks to us."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.applications.certificates.rules import TLS_CLIENT_AUTH, Certificate
from clients.applications.pages.credentials.forms import (
    CERTIFICATE_PLACES,
    kind_of_subject,
    subject_of_certificate,
)
from clients.applications.pages.subject import ChangeForm
from clients.applications.pages.wording import SAFEGUARD_HINTS, SAFEGUARDS
from clients.applications.registration import Registration


class CertificateForm(ChangeForm):
    """By which name in its certificate it is known."""

    heading = _("The name in its certificate")
    places = CERTIFICATE_PLACES

    certificate_subject_kind = kind_of_subject()
    certificate_subject = subject_of_certificate()

    @classmethod
    def concerns(cls, registration: Registration) -> bool:
        """Say whether it is known by one."""
        return registration.auth_method == TLS_CLIENT_AUTH

    @classmethod
    def filled(cls, registration: Registration) -> dict[str, Any]:
        """Return the name as it stands."""
        return vars(registration.certificate)

    def applied(self, registration: Registration) -> Registration:
        """Return the registration with the name, as far as there is one."""
        given = {name: self.cleaned_data.get(name, "") for name in self.base_fields}
        return replace(registration, certificate=Certificate(**given))


class SafeguardsForm(ChangeForm):
    """What keeps requests from being changed, and tokens from being used by a thief."""

    heading = _("Requests and tokens")
    places = dict.fromkeys(SAFEGUARDS, "safeguards")

    safeguards = forms.MultipleChoiceField(
        label=_("What must hold for its requests and tokens?"),
        choices=list(SAFEGUARDS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose from these")},
    )
    choice_hints = {"safeguards": SAFEGUARD_HINTS}

    @classmethod
    def filled(cls, registration: Registration) -> dict[str, Any]:
        """Return those that hold now."""
        requests = registration.requests
        return {"safeguards": [name for name in SAFEGUARDS if getattr(requests, name)]}

    def applied(self, registration: Registration) -> Registration:
        """Return the registration with these, and no others."""
        chosen = self.cleaned_data.get("safeguards", ())
        wanted: dict[str, Any] = {name: name in chosen for name in SAFEGUARDS}
        return replace(registration, requests=replace(registration.requests, **wanted))
