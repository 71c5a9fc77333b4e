"""What is asked about a new application of the high profile."""

from dataclasses import replace
from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.pages.forms import GovukForm
from clients.applications.certificates.rules import METHODS as WITH_CERTIFICATE
from clients.applications.certificates.rules import TLS_CLIENT_AUTH, Certificate
from clients.applications.form.forms import ApplicationForm, LinesField
from clients.applications.form.rules import returns
from clients.applications.keys.rules import KEYED_METHODS, Keys
from clients.applications.pages.credentials.forms import (
    CERTIFICATE_PLACES,
    JwksField,
    address_of_keys,
    kind_of_subject,
    subject_of_certificate,
)
from clients.applications.pages.high.wording import (
    BINDING_HINTS,
    BINDINGS,
    BY_CERTIFICATE,
    BY_PROOF,
    METHOD_HINTS,
    METHODS,
    PRIVATE_KEY_JWT,
    PROFILE_HINTS,
)
from clients.applications.pages.wording import PROFILES
from clients.applications.registration import Kind, Profile, Registration
from clients.applications.requests.rules import Requests

_BINDING: Final = ("dpop_bound_access_tokens", "certificate_bound_access_tokens")


def methods() -> list[str]:
    """Return the ways to prove itself that there are here."""
    return [one for one in METHODS if settings.MTLS_ADDRESS or one not in WITH_CERTIFICATE]


class ProfileForm(GovukForm):
    """How strict the protocol is with it."""

    profile = forms.ChoiceField(
        label=_("Which profile does it need?"),
        help_text=_("It stays as it is: for another profile, make another application."),
        choices=list(PROFILES.items()),
        initial=Profile.STANDARD,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose which profile it needs"),
            "invalid_choice": _("Choose which profile it needs"),
        },
    )
    choice_hints = {"profile": PROFILE_HINTS}


class MethodForm(GovukForm):
    """How it proves who it is."""

    method = forms.ChoiceField(
        label=_("How does it prove who it is?"),
        choices=[],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how it proves who it is"),
            "invalid_choice": _("Choose how it proves who it is"),
        },
    )
    choice_hints = {"method": METHOD_HINTS}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["method"]
        field.choices = [(one, METHODS[one]) for one in methods()]  # type: ignore[attr-defined]
        field.initial = PRIVATE_KEY_JWT


class HighForm(ApplicationForm):
    """The rest about it, as far as its kind and its way to prove itself have it."""

    places = {
        "redirect_uri": "redirect_uris",
        **CERTIFICATE_PLACES,
        **dict.fromkeys(_BINDING, "binding"),
    }

    redirect_uris = LinesField(
        label=_("Redirect URIs"),
        help_text=_(
            "Where residents come back to after signing in, each with https, in the sandbox too, "
            "such as https://localhost:9000/callback. One on each line."
        ),
        error_messages={
            "required": _("Enter at least one redirect URI"),
            "max_length": _("Enter fewer or shorter redirect URIs"),
        },
    )
    jwks_uri = address_of_keys()
    jwks = JwksField()
    certificate_subject_kind = kind_of_subject()
    certificate_subject = subject_of_certificate()
    binding = forms.ChoiceField(
        label=_("What are its tokens bound to?"),
        choices=list(BINDINGS.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what its tokens are bound to"),
            "invalid_choice": _("Choose what its tokens are bound to"),
        },
    )
    signs = forms.BooleanField(
        label=_("It signs its requests too (message signing)"),
        help_text=_("Choose this if somebody must be able to prove later what was asked."),
        required=False,
    )
    choice_hints = {"binding": BINDING_HINTS}

    def __init__(self, *args: Any, kind: Kind, method: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kind, self._method = kind, method
        for name in self._unasked():
            del self.fields[name]
        if "binding" in self.fields:
            self.fields["binding"].initial = (
                BY_CERTIFICATE if method in WITH_CERTIFICATE else BY_PROOF
            )

    def registration(self, kind: Kind) -> Registration:
        """Return what the answers stand for, as far as there are any."""
        given = super().registration(kind)
        answers = self.cleaned_data
        binding = answers.get("binding", BY_PROOF)
        return replace(
            given,
            profile=Profile.HIGH,
            auth_method=self._method,
            keys=Keys(answers.get("jwks"), answers.get("jwks_uri", "")),
            certificate=Certificate(
                answers.get("certificate_subject_kind", ""), answers.get("certificate_subject", "")
            ),
            requests=Requests(
                requires_pushed_requests=True,
                requires_signed_requests=answers.get("signs", False),
                dpop_bound_access_tokens=binding == BY_PROOF,
                certificate_bound_access_tokens=binding == BY_CERTIFICATE,
            ),
        )

    def _unasked(self) -> list[str]:
        """Return the fields that do not concern it."""
        unasked = {
            "redirect_uris": not returns(self._kind),
            "jwks_uri": self._method not in KEYED_METHODS,
            "jwks": self._method not in KEYED_METHODS,
            "certificate_subject_kind": self._method != TLS_CLIENT_AUTH,
            "certificate_subject": self._method != TLS_CLIENT_AUTH,
            "binding": not settings.MTLS_ADDRESS,
            # Requests are signed by the keys of private_key_jwt; others sign in no request.
            "signs": self._method != PRIVATE_KEY_JWT or not returns(self._kind),
        }
        return [name for name, skip in unasked.items() if skip]
